//! Requests whose answers are pages, and how they go on.

use super::Endpoint;
use crate::wire::Rows;

/// A request whose answer is one page of many.
pub trait Paged: Endpoint {
    /// A row of a page.
    type Item: Send + 'static;

    /// The request for the page after `page`, by the venue's own stop rule; `None` after the last.
    fn next(&self, page: &Self::Response) -> Option<Self>;

    /// The rows of a page, in the venue's order, those that can't be read among them.
    fn items(page: Self::Response) -> Rows<Self::Item>;

    /// What identifies a row, where pages may overlap at their edges: a row seen on the page before is
    /// not given again.
    fn key(item: &Self::Item) -> Option<String> {
        let _ = item;
        None
    }
}

/// Makes a request [`Paged`] whose rows have an id: an `impl` of eight lines in one.
///
/// After the request and the type of its rows come the field of a row that identifies it, the field of the page
/// that holds the rows (none where the page is the rows), and how the list goes on: the request for the page
/// after this one, or `None` after the last.
///
/// ```
/// # mod shop {
/// # use venue_core::*;
/// # #[derive(Debug, Clone)]
/// # pub struct Shop;
/// # impl Venue for Shop {
/// #     fn id(&self) -> &'static str { "shop" }
/// #     fn hosts(&self) -> Hosts { Hosts::new("http://localhost") }
/// #     fn keys(&self) -> &'static Keys { static KEYS: Keys = Keys::new(&["code"], &["0"], &["data"]); &KEYS }
/// #     fn codes(&self) -> &'static Codes { static CODES: Codes = Codes::new(&[], &[]); &CODES }
/// #     fn seal(&self, draft: &Draft<'_>, _: Option<&Credentials>, _: Millis) -> Result<Sealed, Error> {
/// #         Ok(Sealed::new(draft.spec().method(), draft.target()?))
/// #     }
/// # }
/// venue_core::model! {
///     /// A page of orders.
///     pub struct OrderPage {
///         /// The orders.
///         pub items: Rows<Order>,
///     }
/// }
/// venue_core::model! {
///     /// An order.
///     pub struct Order {
///         /// Its id.
///         pub id: OrderId,
///     }
/// }
/// venue_core::request! {
///     /// Lists orders, the oldest first.
///     pub struct ListOrders {}
///     optional {
///         /// Page, from 1.
///         page: u32,
///     }
/// }
/// # impl Endpoint for ListOrders {
/// #     type Venue = Shop;
/// #     type Response = OrderPage;
/// #     const SPEC: Spec = Spec::get("/orders");
/// # }
/// venue_core::paged! {
///     ListOrders: Order by id in items, |request, page| {
///         let next = request.page.unwrap_or(1) + 1;
///         (page.items.received() > 0).then(|| request.clone().page(next))
///     }
/// }
/// # }
/// ```
#[macro_export]
macro_rules! paged {
    ($request:ident: $item:ident by $key:ident $(in $rows:ident)?, |$this:ident, $page:ident| $next:expr) => {
        impl $crate::Paged for $request {
            type Item = $item;

            fn next(&self, $page: &Self::Response) -> ::std::option::Option<Self> {
                let $this = self;
                $next
            }

            fn items(page: Self::Response) -> $crate::Rows<$item> {
                page $(.$rows)?
            }

            fn key(item: &$item) -> ::std::option::Option<::std::string::String> {
                ::std::option::Option::Some(::std::string::ToString::to_string(&item.$key))
            }
        }
    };
}
