//! What the description of the API cannot say about tickets: which properties one needs, how values become text, and
//! the numbers of the associations. Plain values go in, the generated types come out.
//!
//! ```
//! use hubspot_tickets_batch::models::CreateTicket;
//! use hubspot_tickets_batch::tickets::AssociationKind;
//! use jiff::civil::date;
//!
//! let ticket = CreateTicket::about("Printer on fire", "0", "1")
//!     .property("hs_ticket_priority", "HIGH")
//!     .property("floors_affected", 3)
//!     .property("insured", true)
//!     .property("follow_up_on", date(2026, 11, 30))
//!     .property("symptoms", ["smoke", "smell"])
//!     .associate(AssociationKind::CONTACT.to("512"))
//!     .associate(AssociationKind::PRIMARY_COMPANY.to("7001"));
//!
//! assert_eq!(ticket.properties["floors_affected"], "3");
//! assert_eq!(ticket.properties["follow_up_on"], "2026-11-30");
//! assert_eq!(ticket.properties["symptoms"], "smoke;smell");
//! ```

mod association;
mod existence;
mod failure;
mod properties;
mod value;

pub use association::AssociationKind;
pub use existence::{Existence, exists_by};
pub use value::PropertyValue;

/// The programs of the README, which are tests too.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
