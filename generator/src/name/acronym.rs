//! Text in, the same with every capital inside a word made small out: so that what splits it by capitals finds words.

use std::borrow::Cow;

/// Words that are written with capitals inside.
const WORDS: [&str; 26] = [
    "BigQuery",
    "DevOps",
    "DynamoDB",
    "GitHub",
    "GitLab",
    "GraphQL",
    "HubSpot",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LinkedIn",
    "MongoDB",
    "MySQL",
    "NoSQL",
    "OAuth",
    "OpenAI",
    "OpenAPI",
    "OpenID",
    "PayPal",
    "PostgreSQL",
    "TypeScript",
    "WhatsApp",
    "WiFi",
    "WordPress",
    "YouTube",
    "iOS",
];

/// `segment` with `OAuth2Token` as `Oauth2Token`, and `redirectURLs` as `redirectUrls`.
pub(super) fn as_words(segment: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(segment);
    for word in WORDS {
        if let Some(start) = position(&text, word) {
            let end = start + word.len();
            let is_before =
                |char: char| !char.is_uppercase() && (word.starts_with(char::is_uppercase) || !char.is_alphabetic());
            let begins = text[..start].chars().next_back().is_none_or(is_before);
            let ends = !text[end..].starts_with(char::is_lowercase) || is_plural_end(&text[end..]);
            if begins && ends {
                let replaced = format!("{}{}{}", &text[..start], title(word), &text[end..]);
                text = Cow::Owned(replaced);
            }
        }
    }
    match plural(&text) {
        Some(replaced) => Cow::Owned(replaced),
        None => text,
    }
}

/// Where `word` begins in a text so short that to prepare for the search takes longer than the search.
fn position(text: &str, word: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(word.len());
    windows.position(|window| window == word.as_bytes())
}

/// The text with every acronym in the plural (`IDs`) as a word, if it has one.
fn plural(text: &str) -> Option<String> {
    let mut pairs = text.chars().zip(text.chars().skip(1));
    if !pairs.any(|(one, next)| one.is_uppercase() && next.is_uppercase()) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut replaced = None;
    let mut start = 0;
    while start < chars.len() {
        let length = chars[start..].iter().take_while(|char| char.is_uppercase()).count();
        let end = start + length;
        let rest: String = chars[end..].iter().take(2).collect();
        if length > 1 && is_plural_end(&rest) {
            let small = replaced.get_or_insert_with(|| chars.clone());
            for char in &mut small[start + 1..end] {
                *char = char.to_lowercase().next().unwrap_or(*char);
            }
        }
        start = end + usize::from(length == 0);
    }
    replaced.map(|chars| chars.into_iter().collect())
}

/// Whether the text begins with the `s` of a plural, and then another word.
fn is_plural_end(text: &str) -> bool {
    text.strip_prefix('s')
        .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}

fn title(word: &str) -> String {
    let mut title = word.to_lowercase();
    title[..1].make_ascii_uppercase();
    title
}

#[cfg(test)]
mod tests {
    use crate::name::words::{snake, upper_camel, words};

    #[test]
    fn capitals_inside_of_words_begin_none() {
        let snakes = [
            ("OAuth2", "oauth2"),
            ("OAuthToken", "oauth_token"),
            ("useOAuth", "use_oauth"),
            ("redirectURLs", "redirect_urls"),
            ("userIDs", "user_ids"),
            ("IDsOfUsers", "ids_of_users"),
            ("APIs", "apis"),
            ("workflowIDs2", "workflow_ids2"),
            ("OpenAIModel", "openai_model"),
            ("GitHubRepos", "github_repos"),
            ("myGitHub", "my_github"),
            ("OpenAPIDocument", "openapi_document"),
            ("OpenIDConnect", "openid_connect"),
            ("iOSDevice", "ios_device"),
            ("supportsIPv6", "supports_ipv6"),
            ("HTTPServer", "http_server"),
            ("SMSCode", "sms_code"),
            ("NOAuthor", "no_author"),
            ("patioSauna", "patio_sauna"),
            ("URLstring", "ur_lstring"),
        ];
        for (text, expected) in snakes {
            assert_eq!(snake(&words(text)), expected, "{text}");
        }
        assert_eq!(upper_camel(&words("OAuth2_token")), "Oauth2Token");
    }
}
