//! Setters on the generated inputs: names and values of any type go in, the map of texts is what comes out.

use super::PropertyValue;
use crate::models::{Association, CreateTicket, UpdateTicket, UpsertTicket};

macro_rules! property_setters {
    ($($input:ty),+) => {$(
        impl $input {
            /// Sets a property.
            #[must_use]
            pub fn property(mut self, name: impl Into<String>, value: impl Into<PropertyValue>) -> Self {
                self.properties.insert(name.into(), value.into().into());
                self
            }

            /// Clears a property.
            #[must_use]
            pub fn clear(self, name: impl Into<String>) -> Self {
                self.property(name, PropertyValue::cleared())
            }
        }
    )+};
}

property_setters!(CreateTicket, UpdateTicket, UpsertTicket);

impl CreateTicket {
    /// A ticket with the three properties that each one needs: what it is about, the id of its pipeline (`0` is the one
    /// that every account has) and the id of its stage in that pipeline.
    #[must_use]
    pub fn about(subject: impl Into<PropertyValue>, pipeline: impl Into<String>, stage: impl Into<String>) -> Self {
        Self::new([
            ("subject", subject.into()),
            ("hs_pipeline", pipeline.into().into()),
            ("hs_pipeline_stage", stage.into().into()),
        ])
    }

    /// Adds an association; see [`AssociationKind`](super::AssociationKind).
    #[must_use]
    pub fn associate(mut self, association: Association) -> Self {
        self.associations.get_or_insert_default().push(association);
        self
    }
}
