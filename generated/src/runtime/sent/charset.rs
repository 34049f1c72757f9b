// @generated from an OpenAPI description: the runtime, the same for every API.

//! A text and the media type that it is sent under in, its bytes in the character set that this names out.

/// The parameter `charset` of a media type, in lower case.
pub(crate) fn of(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("charset");
        named.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}
