//! Links: the header `Link`, or a URL that a page names, in, the URL that is asked out.

use url::Url;

use crate::runtime::shown::outside::BoxError;

/// The target of the link to the next page in a field of the header `Link`.
pub(super) fn next(field: &str) -> Option<&str> {
    let mut rest = field;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = until_comma(after);
        if split(parameters, ';').any(is_next) {
            return Some(target);
        }
        rest = after;
    }
}

/// Whether a parameter of a link says that this leads to the next page; it may say more than that.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let value = value.trim().trim_matches(['"', '\'']);
    let mut relations = value.split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// What stands before the first comma that is not quoted, and what behind it.
fn until_comma(text: &str) -> (&str, &str) {
    let before = split(text, ',').next().unwrap_or_default();
    (before, text.get(before.len() + 1..).unwrap_or_default())
}

/// The pieces between marks that are not quoted.
fn split(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |char| {
        let was_escaped = is_escaped;
        is_escaped = is_quoted && !was_escaped && char == '\\';
        is_quoted ^= char == '"' && !was_escaped;
        char == mark && !is_quoted
    })
}

/// Where a link on the page at `here` leads. The request that follows it has the call's credentials with it.
///
/// # Errors
///
/// When it leads to another origin. A server behind a proxy may not know that it is reached by `https`, or at which port: of a
/// link by `http` to the same host, the path and the query are taken.
pub(super) fn followed(here: &Url, link: &str) -> Result<Url, BoxError> {
    let mut there = here.join(link).map_err(|_| "the link to the next page is no URL")?;
    there.set_fragment(None);
    let is_behind_proxy = there.host() == here.host() && there.scheme() == "http" && there.port().is_none();
    if there.origin() == here.origin() || is_behind_proxy {
        let mut at_home = here.clone();
        at_home.set_path(there.path());
        at_home.set_query(there.query());
        return Ok(at_home);
    }
    let (there, here) = (
        there.origin().ascii_serialization(),
        here.origin().ascii_serialization(),
    );
    Err(
        format!("the next page is said to be at `{there}`, and the call goes to `{here}`: nothing was sent there")
            .into(),
    )
}
