//! Streams of lines and of events.

use std::fmt::Debug;

use streaming_jsonl::models::BasicInfo;
use streaming_sse::{api::streaming::*, models::*, runtime::EventStream};

use crate::harness::{Outcome, Suite, same, unexpected};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Streaming_");
    let client = streaming_jsonl::Client::new()?;
    let lines = client.streaming();
    let infos = || ["one", "two", "three"].map(BasicInfo::new).to_vec();
    suite.takes("Jsonl_Basic_send", lines.basic_send(infos())).await;
    suite
        .scenario("Jsonl_Basic_receive", async {
            let mut stream = lines.basic_receive().await?;
            for info in infos() {
                same(&stream.next().await.transpose()?, &Some(info))?;
            }
            same(&stream.next().await.transpose()?, &None)
        })
        .await;

    let client = streaming_sse::Client::new()?;
    let events = client.streaming();
    suite
        .scenario("Sse_Unnamed_receive", async {
            let mut stream = events.unnamed_receive().await?;
            for text in ["one", "two", "three"] {
                let event = stream.next().await.transpose()?;
                same(&event.map(|event| event.data), &Some(UnnamedInfo::new(text)))?;
            }
            end(stream).await
        })
        .await;
    suite
        .scenario("Sse_Named_receive", async {
            let mut stream = events.named_receive().await?;
            let expected = [
                NamedReceiveEvent::ResponseCreated(NamedResponseCreated::new("resp_1").into()),
                NamedReceiveEvent::ResponseDelta(NamedResponseDelta::new("Hello").into()),
                NamedReceiveEvent::ResponseDelta(NamedResponseDelta::new(" world").into()),
                NamedReceiveEvent::Done,
            ];
            for expected in expected {
                let event = stream.next().await.transpose()?;
                same(&event.map(|event| event.data), &Some(expected))?;
            }
            end(stream).await
        })
        .await;
    suite
        .scenario("Sse_Retrieve_stream", async {
            let mut stream = events.retrieve_stream(&RetrieveRetrievalRequest::new("what is typespec?")).await?;
            let expected = [
                RetrieveStreamEvent::PartialResult(RetrievePartialResult::new("partial one").into()),
                RetrieveStreamEvent::PartialResult(RetrievePartialResult::new("partial two").into()),
                RetrieveStreamEvent::FinalResult(RetrieveFinalResult::new(["doc1", "doc2"]).into()),
                RetrieveStreamEvent::Done,
            ];
            for expected in expected {
                let event = stream.next().await.transpose()?;
                same(&event.map(|event| event.data), &Some(expected))?;
            }
            end(stream).await
        })
        .await;
    Ok(())
}

/// Fails where something else comes.
async fn end<T: Debug>(mut stream: EventStream<T>) -> Outcome {
    match stream.next().await.transpose()? {
        None => Ok(()),
        Some(event) => unexpected(&event),
    }
}
