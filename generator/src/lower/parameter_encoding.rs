//! How a parameter is described in, how its value becomes text out: by a style, or by a media type.

use super::{
    context::Lowering,
    media::{Family, family},
};
use crate::{
    ir::{Encoding, Location, Pointer, Style},
    load::{self, ParameterStyle},
};

impl Lowering<'_> {
    pub(super) fn encoding_of_style(
        &mut self,
        location: Location,
        parameter: &load::Parameter,
        pointer: &Pointer,
    ) -> Encoding {
        let style = parameter.style.map_or(location.usual_style(), of_style);
        if let Some(delimited) = self.delimited(pointer) {
            return Encoding::Delimited(delimited);
        }
        if let Some(node) = self.node_at(&pointer.child("schema")) {
            self.note_style(&parameter.name, style, parameter.explode, node, pointer);
        }
        let explode = match style {
            // The one style that is defined for exploded objects only.
            Style::DeepObject => true,
            Style::Form | Style::Cookie => parameter.explode.unwrap_or(true),
            Style::Simple | Style::Label | Style::Matrix | Style::SpaceDelimited | Style::PipeDelimited => {
                parameter.explode.unwrap_or(false)
            }
        };
        let is_escaped = location != Location::Header && style != Style::Cookie;
        Encoding::Style {
            style,
            explode,
            allow_reserved: parameter.allow_reserved && is_escaped,
        }
    }

    /// How a value that a media type describes is sent, and where its schema is; the media type where it cannot be.
    pub(super) fn encoding_of_content<'m>(
        &mut self,
        location: Location,
        media_type: &'m str,
        media: &Pointer,
    ) -> Result<(Encoding, Pointer), &'m str> {
        let schema = media.child("schema");
        let text = Encoding::Style {
            style: location.usual_style(),
            explode: location.usual_style() == Style::Form,
            allow_reserved: false,
        };
        let encoding = match (family(media_type), location) {
            (Family::Json | Family::Wildcard, _) => Encoding::Json,
            (Family::Form, Location::QueryString) => Encoding::Form(self.lower_encodings(media)),
            (Family::Text, _) => text,
            (Family::Opaque, Location::QueryString) if self.node_at(&schema).is_none_or(|node| self.is_text(node)) => {
                text
            }
            _ => return Err(media_type),
        };
        Ok((encoding, schema))
    }
}

fn of_style(style: ParameterStyle) -> Style {
    match style {
        ParameterStyle::Simple => Style::Simple,
        ParameterStyle::Label => Style::Label,
        ParameterStyle::Matrix => Style::Matrix,
        ParameterStyle::Form => Style::Form,
        ParameterStyle::SpaceDelimited => Style::SpaceDelimited,
        ParameterStyle::PipeDelimited => Style::PipeDelimited,
        ParameterStyle::DeepObject => Style::DeepObject,
        ParameterStyle::Cookie => Style::Cookie,
    }
}
