//! Answers as the service writes them, from a server on loopback; models out.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use ec2::Client;

/// A client of a server that answers `text` once.
fn client(status: &'static str, text: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a call");
        let mut request = [0; 65_536];
        let length = stream.read(&mut request).expect("a request");
        assert!(request[..length].starts_with(b"POST /"));
        let length = text.len();
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: text/xml;charset=UTF-8\r\nContent-Length: {length}\r\n");
        write!(stream, "{head}Connection: close\r\n\r\n{text}").expect("an answer");
    });
    let builder = Client::builder().base_url(format!("http://{address}"));
    builder.hmac("signature").build().expect("a client")
}

#[tokio::test]
async fn lists_of_lists_are_read() {
    let answer = client(
        "200 OK",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>1</requestId>
  <reservationSet>
    <item>
      <reservationId>r-1</reservationId>
      <groupSet/>
      <instancesSet>
        <item>
          <instanceId>i-1</instanceId>
          <instanceState><code>16</code><name>running</name></instanceState>
          <ebsOptimized>false</ebsOptimized>
          <tagSet><item><key>Name</key><value>a &amp; b</value></item></tagSet>
        </item>
        <item><instanceId>i-2</instanceId></item>
      </instancesSet>
    </item>
  </reservationSet>
  <nextToken>more</nextToken>
</DescribeInstancesResponse>"#,
    )
    .root()
    .describe_instances()
    .await
    .expect("an answer");
    assert_eq!(answer.next_token.as_deref(), Some("more"));
    let reservations = answer.reservations.expect("a list");
    let [reservation] = &reservations[..] else {
        panic!("{reservations:?}");
    };
    assert_eq!(reservation.groups.as_deref(), Some(&[][..]));
    let instances = reservation.instances.as_deref().expect("a list");
    let ids: Vec<_> = instances
        .iter()
        .map(|instance| instance.instance_id.as_deref())
        .collect();
    assert_eq!(ids, [Some("i-1"), Some("i-2")]);
    assert_eq!(instances[0].ebs_optimized, Some(false));
    let tag = &instances[0].tags.as_deref().expect("a list")[0];
    assert_eq!(
        (tag.key.as_deref(), tag.value.as_deref()),
        (Some("Name"), Some("a & b"))
    );
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_with_its_place() {
    let call = client(
        "200 OK",
        "<r><reservationSet><item><instancesSet><item><ebsOptimized>perhaps</ebsOptimized></item></instancesSet></item>\
         </reservationSet></r>",
    );
    let error = call.root().describe_instances().await.expect_err("no answer");
    assert!(
        error.to_string().contains("reservationSet[0]") || error.to_string().contains("Reservations[0]"),
        "{error}"
    );
}
