//! Take-profits and stop-losses, looked at.

use std::collections::BTreeMap;

use super::order_lists::Narrow;
use super::pages::Walk;
use super::profits::takes_profit;
use super::words::{self, number, or_null};
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::{Decimal, NewTrigger, OrderId, Side, Slot, Trigger, TriggerStatus};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

/// Both ends of a position under their one id: that of the order they came with, or of their own.
#[derive(Debug)]
pub(super) struct Record<'a> {
    id: OrderId,
    pub(super) ends: Vec<&'a Trigger>,
}

impl<'a> Record<'a> {
    /// All that are remembered, the newest first.
    fn all(state: &'a State) -> Vec<Self> {
        let (live, past) =
            (state.engine.waiting_triggers(state.account), state.engine.past_triggers(state.account));
        let mut records: BTreeMap<OrderId, Vec<&Trigger>> = BTreeMap::new();
        for end in past.chain(live) {
            if let Some(group) = end.terms.group {
                records.entry(group).or_default().push(end);
            }
        }
        records.into_iter().rev().map(|(id, ends)| Self { id, ends }).collect()
    }

    pub(super) fn find(state: &'a State, id: OrderId) -> Option<Self> {
        Self::all(state).into_iter().find(|record| record.id == id)
    }

    /// What has become of it, by what has become of its ends.
    pub(super) fn state(&self) -> &'static str {
        let any = |wanted: fn(&TriggerStatus) -> bool| self.ends.iter().any(|end| wanted(&end.status));
        if any(|status| matches!(status, TriggerStatus::Waiting)) {
            "NOT_TRIGGERED"
        } else if any(|status| matches!(status, TriggerStatus::Fired(_))) {
            "TRIGGERED"
        } else if any(|status| matches!(status, TriggerStatus::Expired)) {
            "EXPIRED"
        } else if self.ends.iter().any(|end| end.by_owner) {
            "USER_REVOCATION"
        } else {
            // Its order was refused, or its position is gone.
            "PLATFORM_REVOCATION"
        }
    }

    fn created_ms(&self) -> i64 {
        self.ends.iter().map(|end| end.created_ms).min().unwrap_or_default()
    }

    /// What all ends have in common.
    fn terms(&self) -> Option<&'a NewTrigger> {
        self.ends.last().map(|end| &end.terms)
    }

    /// The end in force: one that was called off and set again counts as it is now.
    fn end(&self, is_profit: bool) -> Option<Decimal> {
        let found = self.ends.iter().rev().find(|end| takes_profit(end) == is_profit);
        found.map(|end| end.terms.trigger_price)
    }

    fn executed(&self, state: &State) -> Decimal {
        let order = |end: &&Trigger| match end.status {
            TriggerStatus::Fired(order) => state.engine.order(order).map(|order| order.filled),
            _ => None,
        };
        self.ends.iter().filter_map(order).sum()
    }

    fn row(&self, state: &State) -> Json {
        let Some(terms) = self.terms() else { return "null".to_owned() };
        let engine = &state.engine;
        let position = engine.account(state.account).position(terms.instrument, terms.slot);
        let position = position.filter(|position| !position.qty.is_zero());
        let multiplier = engine.instrument(terms.instrument).map(|of| of.multiplier).unwrap_or_default();
        let size = position.map(|position| position.qty.abs()).unwrap_or_default();
        let entry = position.map(|position| position.entry_price(multiplier)).unwrap_or_default();
        let margin = position.map(crate::engine::Position::tied_up).unwrap_or_default();
        let side = if terms.side == Side::Sell { Slot::Long } else { Slot::Short };
        write(&[
            ("profitId", quote(&self.id.to_string())),
            ("symbol", symbol(engine, terms.instrument)),
            ("positionSide", words::slot(side)),
            ("origQty", quoted(terms.qty.unwrap_or(size))),
            ("triggerPriceType", words::trigger_price(terms.by_mark)),
            ("triggerProfitPrice", or_null(self.end(true).map(quoted))),
            ("triggerStopPrice", or_null(self.end(false).map(quoted))),
            ("entryPrice", quoted(entry)),
            ("positionSize", quoted(size)),
            ("isolatedMargin", quoted(margin)),
            ("executedQty", quoted(self.executed(state))),
            ("state", quote(self.state())),
            ("createdTime", self.created_ms().to_string()),
        ])
    }
}

/// Those that wait, unless another state is asked for.
pub(super) fn list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (narrow, wanted) = (Narrow::of(state, ask)?, ask.text("state"));
    let wanted = wanted.unwrap_or_else(|| "NOT_TRIGGERED".to_owned());
    let mut records = Record::all(state);
    records.retain(|record| {
        let of = record.terms().map(|terms| terms.instrument);
        narrow.has(of, record.created_ms()) && record.state() == wanted
    });
    Ok(Walk::of(ask, records, |record| record.id)?.counted("size", |record| record.row(state)))
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let record = Record::find(state, number(ask, "profitId")?);
    Ok(record.ok_or(Why::UnknownOrderId)?.row(state))
}
