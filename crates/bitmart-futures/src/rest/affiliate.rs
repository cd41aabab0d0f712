//! Futures affiliate endpoints. Their answers come without the envelope of the others, or with it.

use venue_core::{
    Amount, Asset, Contracts, Endpoint, Millis, Paged, Price, Rate, Rows, Spec, Symbol, id, model, request,
};

use crate::limits;
use crate::model::{AffiliateQuery, CopyTrading, OpenTypeCode, OrderCategory, Side, UserType};
use crate::venue::BitMart;

id! {
    /// Id of a user.
    pub struct UserId
}

/// Whether there is a page after this one. By the total, where it came; else a full page says yes.
fn has_next(page: u32, size: u32, total: Option<u64>, rows: usize) -> bool {
    let seen = u64::from(page) * u64::from(size);
    rows > 0 && total.map_or(rows as u64 >= u64::from(size), |total| seen < total)
}

request! {
    /// Lists what an affiliate earned from each user.
    ///
    /// `GET /contract/private/affiliate/rebate-list` · keyed · 24 per 2 s per key (assumed). The venue doesn't say
    /// in which unit it takes times: they go out as they are given.
    pub struct GetRebateList {
        /// Page, from 1.
        page: u32,
        /// Rows a page.
        size: u32,
        /// Currency.
        currency: Asset,
    }
    optional {
        /// One user only.
        user_id: UserId,
        /// Rebates not before.
        rebate_start_time: i64,
        /// Rebates not after.
        rebate_end_time: i64,
        /// Users registered not before.
        register_start_time: i64,
        /// Users registered not after.
        register_end_time: i64,
    }
}

impl Endpoint for GetRebateList {
    type Venue = BitMart;
    type Response = RebateList;
    const SPEC: Spec = Spec::get("/contract/private/affiliate/rebate-list")
        .section("Futures Affiliate Endpoints")
        .keyed()
        .either()
        .cost(&limits::REBATE_LIST, 1);
}

impl Paged for GetRebateList {
    type Item = Rebate;

    fn next(&self, page: &RebateList) -> Option<Self> {
        let rows = page.rebate_detail_page_data.received();
        has_next(self.page, self.size, page.total, rows).then(|| Self { page: self.page + 1, ..self.clone() })
    }

    fn items(page: RebateList) -> Rows<Rebate> {
        page.rebate_detail_page_data
    }

    /// A user who is new on the list moves the others on by one.
    fn key(item: &Rebate) -> Option<String> {
        Some(format!("{} {}", item.trade_user_id, item.rebate_coin.as_ref().map_or("", Asset::as_str)))
    }
}

model! {
    /// A page of rebates.
    pub struct RebateList {
        /// How many rows there are on all pages.
        pub total?: u64,
        /// Page.
        pub page?: u32,
        /// Rows a page.
        pub size?: u32,
        /// Rebates in BTC, all together.
        pub btc_rebate_sum?: Amount,
        /// Rebates in USDT, all together.
        pub usdt_rebate_sum?: Amount,
        /// Rebates in ETH, all together.
        pub eth_rebate_sum?: Amount,
        /// One row a user.
        pub rebate_detail_page_data: Rows<Rebate>,
    }
}

model! {
    /// What an affiliate earned from a user.
    pub struct Rebate {
        /// Currency.
        pub rebate_coin?: Asset,
        /// The user.
        pub trade_user_id: UserId,
        /// How much.
        pub total_rebate_amount: Amount,
        /// How the user came.
        pub user_type?: UserType,
    }
}

request! {
    /// Lists the trades of an affiliate's user.
    ///
    /// `GET /contract/private/affiliate/trade-list` · keyed · 24 per 2 s per key (assumed). The venue doesn't say
    /// in which unit it takes times: they go out as they are given.
    pub struct GetAffiliateTrades {
        /// The user.
        user_id: UserId,
        /// Which contracts.
        query_type = "type": AffiliateQuery,
        /// Page, from 1.
        page: u32,
        /// Rows a page.
        size: u32,
    }
    optional {
        /// Not before.
        start_time: i64,
        /// Not after.
        end_time: i64,
    }
}

impl Endpoint for GetAffiliateTrades {
    type Venue = BitMart;
    type Response = AffiliateTrades;
    const SPEC: Spec = Spec::get("/contract/private/affiliate/trade-list")
        .section("Futures Affiliate Endpoints")
        .keyed()
        .either()
        .cost(&limits::AFFILIATE_TRADE_LIST, 1);
}

impl Paged for GetAffiliateTrades {
    type Item = AffiliateTrade;

    fn next(&self, page: &AffiliateTrades) -> Option<Self> {
        let rows = page.list.received();
        has_next(self.page, self.size, page.total, rows).then(|| Self { page: self.page + 1, ..self.clone() })
    }

    fn items(page: AffiliateTrades) -> Rows<AffiliateTrade> {
        page.list
    }
}

model! {
    /// A page of a user's trades.
    pub struct AffiliateTrades {
        /// How many rows there are on all pages.
        pub total?: u64,
        /// Page.
        pub page?: u32,
        /// Rows a page.
        pub size?: u32,
        /// One row a trade.
        pub list: Rows<AffiliateTrade>,
    }
}

model! {
    /// A trade of an affiliate's user. It has no id.
    pub struct AffiliateTrade {
        /// The user.
        pub user_id: UserId,
        /// How the user came.
        pub user_type?: UserType,
        /// When it was made.
        pub create_time?: Millis,
        /// Contract.
        pub symbol: Symbol,
        /// Leverage.
        pub leverage?: Rate,
        /// Whether it copied somebody's.
        pub select_copy_trade?: CopyTrading,
        /// Margin mode.
        pub open_type?: OpenTypeCode,
        /// What it did.
        pub way?: Side,
        /// Order type.
        pub category?: OrderCategory,
        /// Average price.
        pub deal_price: Price,
        /// Size, in contracts.
        pub deal_vol: Contracts,
        /// Fee.
        pub fee?: Amount,
        /// Profit or loss.
        pub realised_profit?: Amount,
    }
}
