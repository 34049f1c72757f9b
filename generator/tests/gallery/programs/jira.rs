//! Jira: an issue is opened, found, talked about and closed.

use jira::models::{Comment, IssueTransition, IssueUpdateDetails};
use jira::Client;
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new("https://desk.vendor.test", "ada@vendor.test", std::env::var("JIRA_TOKEN")?)?;
    println!("{:?}", client.myself().get_current_user().await?.display_name);

    let fields = [
        ("project", json!({ "key": "DESK" })),
        ("issuetype", json!({ "name": "Bug" })),
        ("summary", json!("The printer is on fire")),
    ];
    let issue = client.issues().create(&IssueUpdateDetails::new().fields(fields)).await?;
    let key = issue.key.unwrap_or_default();

    let comment = Comment::new().body("Stand back.");
    client.issue_comments().add_comment(&key, &comment).await?;

    let open = client.issue_search().search_for_issues_using_jql().jql("status = Open").max_results(50).await?;
    for issue in open.issues.unwrap_or_default() {
        println!("{:?}: {:?}", issue.key, issue.fields.and_then(|mut fields| fields.remove("summary")));
    }

    let done = IssueUpdateDetails::new().transition(IssueTransition::new().id("31"));
    client.issues().do_transition(&key, &done).await?;
    Ok(())
}
