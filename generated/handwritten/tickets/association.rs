//! Associations: a kind of record and the id of one go in, the generated association comes out.

use crate::models::{Association, AssociationCategory, AssociationType, RecordId};

/// A way in which a ticket can be associated with another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AssociationKind {
    user_defined: bool,
    type_id: i32,
}

impl AssociationKind {
    /// With a contact.
    pub const CONTACT: Self = Self::defined_by_hubspot(16);
    /// With a company.
    pub const COMPANY: Self = Self::defined_by_hubspot(339);
    /// With the company that is the ticket's primary one.
    pub const PRIMARY_COMPANY: Self = Self::defined_by_hubspot(26);
    /// With a deal.
    pub const DEAL: Self = Self::defined_by_hubspot(28);
    /// With another ticket.
    pub const TICKET: Self = Self::defined_by_hubspot(452);
    /// With a call.
    pub const CALL: Self = Self::defined_by_hubspot(219);
    /// With an email.
    pub const EMAIL: Self = Self::defined_by_hubspot(223);
    /// With a meeting.
    pub const MEETING: Self = Self::defined_by_hubspot(225);
    /// With a note.
    pub const NOTE: Self = Self::defined_by_hubspot(227);
    /// With a task.
    pub const TASK: Self = Self::defined_by_hubspot(229);
    /// With a message of a messenger or of text messages.
    pub const COMMUNICATION: Self = Self::defined_by_hubspot(84);
    /// With a piece of postal mail.
    pub const POSTAL_MAIL: Self = Self::defined_by_hubspot(456);
    /// With a thread of the inbox.
    pub const THREAD: Self = Self::defined_by_hubspot(32);
    /// With a conversation.
    pub const CONVERSATION: Self = Self::defined_by_hubspot(278);
    /// With an order.
    pub const ORDER: Self = Self::defined_by_hubspot(526);

    /// A kind that HubSpot has defined, by its number.
    #[must_use]
    pub const fn defined_by_hubspot(type_id: i32) -> Self {
        Self {
            user_defined: false,
            type_id,
        }
    }

    /// A kind that the account's users have defined (a label), by its number.
    #[must_use]
    pub const fn defined_by_user(type_id: i32) -> Self {
        Self {
            user_defined: true,
            type_id,
        }
    }

    /// The number of the kind.
    #[must_use]
    pub const fn type_id(self) -> i32 {
        self.type_id
    }

    /// An association of this kind with the record of this id.
    #[must_use]
    pub fn to(self, id: impl Into<String>) -> Association {
        let category = if self.user_defined {
            AssociationCategory::UserDefined
        } else {
            AssociationCategory::HubspotDefined
        };
        Association::new(RecordId::new(id), vec![AssociationType::new(category, self.type_id)])
    }
}
