// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The operations with the tag `Batch`.

use crate::models;
use crate::runtime::bulk::{
    BatchKey, BatchLayout, BatchOperation, BatchProperty, Bulk, Source, Statuses,
    Success, SuccessBody,
};
use crate::runtime::prelude::*;

/// Work on up to 100 tickets in one call.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'c> {
    core: &'c Core,
}

impl<'c> Batch<'c> {
    pub(crate) const fn new(core: &'c Core) -> Self {
        Self { core }
    }

    /// Create tickets
    ///
    /// Creates up to 100 tickets, each with its properties and its associations to other records.
    ///
    /// The server creates all of them or, when one input is invalid, refuses the whole batch with a 400. Give
    /// **every** input an `objectWriteTraceId` of its own to change that: valid inputs are then created, and a 207
    /// names the others by their trace ids.
    ///
    /// Repeating a call that the server has already acted on creates the tickets a second time.
    ///
    /// `POST /crm/v3/objects/tickets/batch/create`
    ///
    /// Scopes: `tickets`.
    ///
    /// Answers:
    ///
    /// * `201` ([`CreateResponse::Created`]): Every ticket was created.
    /// * `207` ([`CreateResponse::MultiStatus`]): Some tickets were created; `errors` says which were not, and why.
    ///
    /// # Errors
    ///
    /// * `default` ([`models::Error`]): The server refused the request, or failed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use hubspot_tickets_batch::{Client, api, models, prelude::*};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client
    ///     .batch()
    ///     .create(
    ///         &models::CreateTicketsRequest::new([models::CreateTicket::new([("name", "value")])]),
    ///     )
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        body: &models::CreateTicketsRequest,
    ) -> Call<'c, CreateResponse, models::Error> {
        Call::new(self.core, &CREATE, CreateResponse::decode, decode::json).json(body)
    }

    /// As [`Self::create`], for any number of inputs, with an outcome for each.
    ///
    /// They are sent in calls of up to 100 inputs.
    ///
    /// An input succeeds or fails only by what carries its id: a success may leave inputs out.
    pub fn create_all<'a>(
        &self,
        inputs: impl Into<Source<'a, models::CreateTicket>>,
    ) -> Bulk<'a, CreateAll> {
        Bulk::new(self.core, inputs)
    }

    /// Read tickets
    ///
    /// Reads up to 100 tickets by id, or by the property that `idProperty` names. With `propertiesWithHistory` the
    /// server takes no more than 50 inputs.
    ///
    /// A ticket that does not exist is missing from the results of a 207.
    ///
    /// `POST /crm/v3/objects/tickets/batch/read`
    ///
    /// Scopes: `tickets`.
    ///
    /// Answers:
    ///
    /// * `200` ([`ReadResponse::Ok`]): Every ticket was found.
    /// * `207` ([`ReadResponse::MultiStatus`]): Some tickets were found; `errors` says which were not.
    ///
    /// # Errors
    ///
    /// * `default` ([`models::Error`]): The server refused the request, or failed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use hubspot_tickets_batch::{Client, api, models, prelude::*};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client
    ///     .batch()
    ///     .read(&models::ReadTicketsRequest::new([models::RecordId::new("id")]))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn read(&self, body: &models::ReadTicketsRequest) -> Read<'c> {
        Read {
            call: Call::new(self.core, &READ, ReadResponse::decode, decode::json)
                .json(body),
        }
    }

    /// As [`Self::read`], for any number of inputs, with an outcome for each.
    ///
    /// They are sent in calls of up to 100 inputs.
    ///
    /// Results are told apart by `id` or, where `idProperty` names a property, by that of `properties`, which is then added to `properties`; where they have the id of an input elsewhere, say so with [`Bulk::identified_by`]. An input succeeds or fails only by what carries its id: a success may leave inputs out.
    pub fn read_all<'a>(
        &self,
        inputs: impl Into<Source<'a, models::RecordId>>,
    ) -> Bulk<'a, ReadAll> {
        Bulk::new(self.core, inputs)
    }

    /// Update tickets
    ///
    /// Sets properties of up to 100 tickets, found by id or by the property that `idProperty` names. Properties that
    /// an input does not mention stay as they are; an empty text clears one.
    ///
    /// `POST /crm/v3/objects/tickets/batch/update`
    ///
    /// Scopes: `tickets`.
    ///
    /// Answers:
    ///
    /// * `200` ([`UpdateResponse::Ok`]): Every ticket was updated.
    /// * `207` ([`UpdateResponse::MultiStatus`]): Some tickets were updated; `errors` says which were not, and why.
    ///
    /// # Errors
    ///
    /// * `default` ([`models::Error`]): The server refused the request, or failed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use hubspot_tickets_batch::{Client, api, models, prelude::*};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client
    ///     .batch()
    ///     .update(&models::UpdateTicketsRequest::new(
    ///         [models::UpdateTicket::new("id", [("name", "value")])],
    ///     ))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(
        &self,
        body: &models::UpdateTicketsRequest,
    ) -> Call<'c, UpdateResponse, models::Error> {
        Call::new(self.core, &UPDATE, UpdateResponse::decode, decode::json).json(body)
    }

    /// As [`Self::update`], for any number of inputs, with an outcome for each.
    ///
    /// They are sent in calls of up to 100 inputs.
    ///
    /// Results are told apart by `id` or, where `idProperty` names a property, by that of `properties`; where they have the id of an input elsewhere, say so with [`Bulk::identified_by`]. An input succeeds or fails only by what carries its id: a success may leave inputs out.
    pub fn update_all<'a>(
        &self,
        inputs: impl Into<Source<'a, models::UpdateTicket>>,
    ) -> Bulk<'a, UpdateAll> {
        Bulk::new(self.core, inputs)
    }

    /// Create or update tickets
    ///
    /// Updates each ticket whose value of the property `idProperty` equals the input's `id`, and creates those that
    /// do not exist. The property must have unique values; the result's `new` says which of the two happened.
    ///
    /// `POST /crm/v3/objects/tickets/batch/upsert`
    ///
    /// Scopes: `tickets`.
    ///
    /// Answers:
    ///
    /// * `200` ([`UpsertResponse::Ok`]): Every ticket was created or updated.
    /// * `207` ([`UpsertResponse::MultiStatus`]): Some tickets were created or updated; `errors` says which were not, and why.
    ///
    /// # Errors
    ///
    /// * `default` ([`models::Error`]): The server refused the request, or failed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use hubspot_tickets_batch::{Client, api, models, prelude::*};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client
    ///     .batch()
    ///     .upsert(&models::UpsertTicketsRequest::new(
    ///         [models::UpsertTicket::new("id", [("name", "value")])],
    ///     ))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upsert(
        &self,
        body: &models::UpsertTicketsRequest,
    ) -> Call<'c, UpsertResponse, models::Error> {
        Call::new(self.core, &UPSERT, UpsertResponse::decode, decode::json).json(body)
    }

    /// As [`Self::upsert`], for any number of inputs, with an outcome for each.
    ///
    /// They are sent in calls of up to 100 inputs.
    ///
    /// Results are told apart by `id` or, where `idProperty` names a property, by that of `properties`; where they have the id of an input elsewhere, say so with [`Bulk::identified_by`]. An input succeeds or fails only by what carries its id: a success may leave inputs out.
    pub fn upsert_all<'a>(
        &self,
        inputs: impl Into<Source<'a, models::UpsertTicket>>,
    ) -> Bulk<'a, UpsertAll> {
        Bulk::new(self.core, inputs)
    }

    /// Archive tickets
    ///
    /// Moves up to 100 tickets to the recycling bin, from where a person can restore them for a while. Archiving a
    /// ticket that is archived already changes nothing.
    ///
    /// `POST /crm/v3/objects/tickets/batch/archive`
    ///
    /// Scopes: `tickets`.
    ///
    /// Answers:
    ///
    /// * `204`: The tickets are archived.
    ///
    /// # Errors
    ///
    /// * `default` ([`models::Error`]): The server refused the request, or failed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use hubspot_tickets_batch::{Client, api, models, prelude::*};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client
    ///     .batch()
    ///     .archive(&models::ArchiveTicketsRequest::new([models::RecordId::new("id")]))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn archive(
        &self,
        body: &models::ArchiveTicketsRequest,
    ) -> Call<'c, (), models::Error> {
        Call::new(self.core, &ARCHIVE, decode::empty, decode::json).json(body)
    }

    /// As [`Self::archive`], for any number of inputs, with an outcome for each.
    ///
    /// They are sent in calls of up to 100 inputs.
    pub fn archive_all<'a>(
        &self,
        inputs: impl Into<Source<'a, models::RecordId>>,
    ) -> Bulk<'a, ArchiveAll> {
        Bulk::new(self.core, inputs)
    }
}

/// What [`Batch::create`] can succeed with, by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CreateResponse {
    /// `201`: Every ticket was created.
    Created(Box<models::TicketBatch>),
    /// `207`: Some tickets were created; `errors` says which were not, and why.
    MultiStatus(Box<models::TicketBatchWithErrors>),
    /// A success with a status that the description does not name, read as its widest answer.
    Undeclared(StatusCode, Box<models::TicketBatchWithErrors>),
}

impl CreateResponse {
    fn decode(response: Response) -> Result<Self, DecodeError> {
        let status = response.status();
        match status.as_u16() {
            201 => decode::json(response).map(Self::Created),
            207 => decode::json(response).map(Self::MultiStatus),
            _ => decode::json(response).map(|body| Self::Undeclared(status, body)),
        }
    }
}

/// What [`Batch::create_all`] sends and receives.
#[derive(Debug, Clone, Copy)]
pub enum CreateAll {}

impl BatchOperation for CreateAll {
    type Request = models::CreateTicketsRequest;
    type Input = models::CreateTicket;
    type Output = models::Ticket;
    type Failure = models::BatchError;
    type Error = models::Error;
    const OPERATION: &'static Operation = &CREATE;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: Some("results"),
        errors: Some("errors"),
        complete: false,
        correlation: Some(BatchKey {
            input: "objectWriteTraceId",
            result: "objectWriteTraceId",
            error: Some("context.objectWriteTraceId"),
        }),
        identity: None,
        property: None,
        successes: &[
            Success::new(Statuses::Code(201), SuccessBody::Json),
            Success::new(Statuses::Code(207), SuccessBody::Json),
        ],
        refusal: &[
            "status",
            "category",
            "subCategory",
            "message",
            "correlationId",
            "policyName",
            "context",
            "errors",
            "links",
        ],
    };
}

/// What [`Batch::read`] can succeed with, by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReadResponse {
    /// `200`: Every ticket was found.
    Ok(Box<models::TicketBatch>),
    /// `207`: Some tickets were found; `errors` says which were not.
    MultiStatus(Box<models::TicketBatchWithErrors>),
    /// A success with a status that the description does not name, read as its widest answer.
    Undeclared(StatusCode, Box<models::TicketBatchWithErrors>),
}

impl ReadResponse {
    fn decode(response: Response) -> Result<Self, DecodeError> {
        let status = response.status();
        match status.as_u16() {
            200 => decode::json(response).map(Self::Ok),
            207 => decode::json(response).map(Self::MultiStatus),
            _ => decode::json(response).map(|body| Self::Undeclared(status, body)),
        }
    }
}

/// The call [`Batch::read`], before it is sent. Its settings, such as a time limit, are those of every call: [`AnyCall`].
#[must_use = "a call does nothing until it is awaited"]
pub struct Read<'c> {
    call: Call<'c, ReadResponse, models::Error>,
}

impl Read<'_> {
    /// Whether to read tickets that have been archived instead of those that have not.
    ///
    /// Default: `false`.
    pub fn archived(mut self, archived: bool) -> Self {
        self.call = self.call.parameter(&READ_ARCHIVED, &archived);
        self
    }
}

call_builder! {
    Read => ReadResponse, models::Error
}

/// What [`Batch::read_all`] sends and receives.
#[derive(Debug, Clone, Copy)]
pub enum ReadAll {}

impl BatchOperation for ReadAll {
    type Request = models::ReadTicketsRequest;
    type Input = models::RecordId;
    type Output = models::Ticket;
    type Failure = models::BatchError;
    type Error = models::Error;
    const OPERATION: &'static Operation = &READ;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: Some("results"),
        errors: Some("errors"),
        complete: false,
        correlation: None,
        identity: Some(BatchKey {
            input: "id",
            result: "id",
            error: Some("context.ids"),
        }),
        property: Some(BatchProperty {
            name: "idProperty",
            result: "properties",
            request: Some("properties"),
        }),
        successes: &[
            Success::new(Statuses::Code(200), SuccessBody::Json),
            Success::new(Statuses::Code(207), SuccessBody::Json),
        ],
        refusal: &[
            "status",
            "category",
            "subCategory",
            "message",
            "correlationId",
            "policyName",
            "context",
            "errors",
            "links",
        ],
    };
}

/// What [`Batch::update`] can succeed with, by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpdateResponse {
    /// `200`: Every ticket was updated.
    Ok(Box<models::TicketBatch>),
    /// `207`: Some tickets were updated; `errors` says which were not, and why.
    MultiStatus(Box<models::TicketBatchWithErrors>),
    /// A success with a status that the description does not name, read as its widest answer.
    Undeclared(StatusCode, Box<models::TicketBatchWithErrors>),
}

impl UpdateResponse {
    fn decode(response: Response) -> Result<Self, DecodeError> {
        let status = response.status();
        match status.as_u16() {
            200 => decode::json(response).map(Self::Ok),
            207 => decode::json(response).map(Self::MultiStatus),
            _ => decode::json(response).map(|body| Self::Undeclared(status, body)),
        }
    }
}

/// What [`Batch::update_all`] sends and receives.
#[derive(Debug, Clone, Copy)]
pub enum UpdateAll {}

impl BatchOperation for UpdateAll {
    type Request = models::UpdateTicketsRequest;
    type Input = models::UpdateTicket;
    type Output = models::Ticket;
    type Failure = models::BatchError;
    type Error = models::Error;
    const OPERATION: &'static Operation = &UPDATE;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: Some("results"),
        errors: Some("errors"),
        complete: false,
        correlation: Some(BatchKey {
            input: "objectWriteTraceId",
            result: "objectWriteTraceId",
            error: Some("context.objectWriteTraceId"),
        }),
        identity: Some(BatchKey {
            input: "id",
            result: "id",
            error: Some("context.ids"),
        }),
        property: Some(BatchProperty {
            name: "idProperty",
            result: "properties",
            request: None,
        }),
        successes: &[
            Success::new(Statuses::Code(200), SuccessBody::Json),
            Success::new(Statuses::Code(207), SuccessBody::Json),
        ],
        refusal: &[
            "status",
            "category",
            "subCategory",
            "message",
            "correlationId",
            "policyName",
            "context",
            "errors",
            "links",
        ],
    };
}

/// What [`Batch::upsert`] can succeed with, by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpsertResponse {
    /// `200`: Every ticket was created or updated.
    Ok(Box<models::UpsertedTicketBatch>),
    /// `207`: Some tickets were created or updated; `errors` says which were not, and why.
    MultiStatus(Box<models::UpsertedTicketBatchWithErrors>),
    /// A success with a status that the description does not name, read as its widest answer.
    Undeclared(StatusCode, Box<models::UpsertedTicketBatchWithErrors>),
}

impl UpsertResponse {
    fn decode(response: Response) -> Result<Self, DecodeError> {
        let status = response.status();
        match status.as_u16() {
            200 => decode::json(response).map(Self::Ok),
            207 => decode::json(response).map(Self::MultiStatus),
            _ => decode::json(response).map(|body| Self::Undeclared(status, body)),
        }
    }
}

/// What [`Batch::upsert_all`] sends and receives.
#[derive(Debug, Clone, Copy)]
pub enum UpsertAll {}

impl BatchOperation for UpsertAll {
    type Request = models::UpsertTicketsRequest;
    type Input = models::UpsertTicket;
    type Output = models::UpsertedTicket;
    type Failure = models::BatchError;
    type Error = models::Error;
    const OPERATION: &'static Operation = &UPSERT;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: Some("results"),
        errors: Some("errors"),
        complete: false,
        correlation: Some(BatchKey {
            input: "objectWriteTraceId",
            result: "objectWriteTraceId",
            error: Some("context.objectWriteTraceId"),
        }),
        identity: Some(BatchKey {
            input: "id",
            result: "id",
            error: Some("context.ids"),
        }),
        property: Some(BatchProperty {
            name: "idProperty",
            result: "properties",
            request: None,
        }),
        successes: &[
            Success::new(Statuses::Code(200), SuccessBody::Json),
            Success::new(Statuses::Code(207), SuccessBody::Json),
        ],
        refusal: &[
            "status",
            "category",
            "subCategory",
            "message",
            "correlationId",
            "policyName",
            "context",
            "errors",
            "links",
        ],
    };
}

/// What [`Batch::archive_all`] sends and receives.
#[derive(Debug, Clone, Copy)]
pub enum ArchiveAll {}

impl BatchOperation for ArchiveAll {
    type Request = models::ArchiveTicketsRequest;
    type Input = models::RecordId;
    type Output = ();
    type Failure = Value;
    type Error = models::Error;
    const OPERATION: &'static Operation = &ARCHIVE;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: None,
        errors: None,
        complete: false,
        correlation: None,
        identity: None,
        property: None,
        successes: &[Success::new(Statuses::Code(204), SuccessBody::Nothing)],
        refusal: &[
            "status",
            "category",
            "subCategory",
            "message",
            "correlationId",
            "policyName",
            "context",
            "errors",
            "links",
        ],
    };
}

static CREATE: Operation = Operation {
    id: "post-/crm/v3/objects/tickets/batch/create_create",
    method: Method::POST,
    path: "/crm/v3/objects/tickets/batch/create",
    server: "",
    idempotent: false,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[
        Rejected::new(423, 2),
        Rejected::new(429, 0),
        Rejected::new(477, 0),
        Rejected::new(521, 0),
        Rejected::new(523, 0),
        Rejected::new(525, 0),
        Rejected::new(526, 0),
    ],
    security: &[&["access_token"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: Some((
        201,
        "application/json",
        "{\"status\":\"COMPLETE\",\"startedAt\":\"2026-03-02T09:30:00.000Z\",\"completedAt\":\"2026-03-02T09:30:00.120Z\",\"results\":[{\"id\":\"4217\",\"properties\":{\"subject\":\"The printer on floor 3 hums\",\"hs_pipeline\":\"0\",\"hs_pipeline_stage\":\"1\"},\"createdAt\":\"2026-03-02T09:30:00.080Z\",\"updatedAt\":\"2026-03-02T09:30:00.080Z\",\"archived\":false}]}",
    )),
};

static READ: Operation = Operation {
    id: "post-/crm/v3/objects/tickets/batch/read_read",
    method: Method::POST,
    path: "/crm/v3/objects/tickets/batch/read",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[
        Rejected::new(423, 2),
        Rejected::new(429, 0),
        Rejected::new(477, 0),
        Rejected::new(521, 0),
        Rejected::new(523, 0),
        Rejected::new(525, 0),
        Rejected::new(526, 0),
    ],
    security: &[&["access_token"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: Some((
        200,
        "application/json",
        "{\"status\":\"COMPLETE\",\"startedAt\":\"2026-03-02T09:30:00.000Z\",\"completedAt\":\"2026-03-02T09:30:00.120Z\",\"results\":[{\"id\":\"4217\",\"properties\":{\"subject\":\"The printer on floor 3 hums\",\"hs_pipeline\":\"0\",\"hs_pipeline_stage\":\"1\"},\"createdAt\":\"2026-03-02T09:30:00.080Z\",\"updatedAt\":\"2026-03-02T09:30:00.080Z\",\"archived\":false}]}",
    )),
};

const READ_ARCHIVED: Parameter = Parameter::query("archived");

static UPDATE: Operation = Operation {
    id: "post-/crm/v3/objects/tickets/batch/update_update",
    method: Method::POST,
    path: "/crm/v3/objects/tickets/batch/update",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[
        Rejected::new(423, 2),
        Rejected::new(429, 0),
        Rejected::new(477, 0),
        Rejected::new(521, 0),
        Rejected::new(523, 0),
        Rejected::new(525, 0),
        Rejected::new(526, 0),
    ],
    security: &[&["access_token"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
};

static UPSERT: Operation = Operation {
    id: "post-/crm/v3/objects/tickets/batch/upsert_upsert",
    method: Method::POST,
    path: "/crm/v3/objects/tickets/batch/upsert",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[
        Rejected::new(423, 2),
        Rejected::new(429, 0),
        Rejected::new(477, 0),
        Rejected::new(521, 0),
        Rejected::new(523, 0),
        Rejected::new(525, 0),
        Rejected::new(526, 0),
    ],
    security: &[&["access_token"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
};

static ARCHIVE: Operation = Operation {
    id: "post-/crm/v3/objects/tickets/batch/archive_archive",
    method: Method::POST,
    path: "/crm/v3/objects/tickets/batch/archive",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[
        Rejected::new(423, 2),
        Rejected::new(429, 0),
        Rejected::new(477, 0),
        Rejected::new(521, 0),
        Rejected::new(523, 0),
        Rejected::new(525, 0),
        Rejected::new(526, 0),
    ],
    security: &[&["access_token"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: Some((204, "", "")),
};

/// What tests expect of the operations of `batch`, and what these answer.
#[cfg(feature = "mock")]
pub mod mock {
    #[allow(
        clippy::wildcard_imports,
        unused_imports,
        reason = "answers are made of all that is beside this"
    )]
    use super::*;
    use crate::runtime::mock::{Expectation, Mock, MockAnswer};
    /// Expects calls of `client.batch().create`: `POST /crm/v3/objects/tickets/batch/create`.
    pub fn create(mock: &Mock) -> Expectation<CreateResponse> {
        mock.expect(
            &CREATE,
            |answer| match answer {
                CreateResponse::Created(body) => MockAnswer::json(201, body),
                CreateResponse::MultiStatus(body) => MockAnswer::json(207, body),
                CreateResponse::Undeclared(status, body) => {
                    MockAnswer::json(status.as_u16(), body)
                }
            },
        )
    }

    /// Expects calls of `client.batch().read`: `POST /crm/v3/objects/tickets/batch/read`.
    pub fn read(mock: &Mock) -> Expectation<ReadResponse> {
        mock.expect(
            &READ,
            |answer| match answer {
                ReadResponse::Ok(body) => MockAnswer::json(200, body),
                ReadResponse::MultiStatus(body) => MockAnswer::json(207, body),
                ReadResponse::Undeclared(status, body) => {
                    MockAnswer::json(status.as_u16(), body)
                }
            },
        )
    }

    /// Expects calls of `client.batch().update`: `POST /crm/v3/objects/tickets/batch/update`.
    pub fn update(mock: &Mock) -> Expectation<UpdateResponse> {
        mock.expect(
            &UPDATE,
            |answer| match answer {
                UpdateResponse::Ok(body) => MockAnswer::json(200, body),
                UpdateResponse::MultiStatus(body) => MockAnswer::json(207, body),
                UpdateResponse::Undeclared(status, body) => {
                    MockAnswer::json(status.as_u16(), body)
                }
            },
        )
    }

    /// Expects calls of `client.batch().upsert`: `POST /crm/v3/objects/tickets/batch/upsert`.
    pub fn upsert(mock: &Mock) -> Expectation<UpsertResponse> {
        mock.expect(
            &UPSERT,
            |answer| match answer {
                UpsertResponse::Ok(body) => MockAnswer::json(200, body),
                UpsertResponse::MultiStatus(body) => MockAnswer::json(207, body),
                UpsertResponse::Undeclared(status, body) => {
                    MockAnswer::json(status.as_u16(), body)
                }
            },
        )
    }

    /// Expects calls of `client.batch().archive`: `POST /crm/v3/objects/tickets/batch/archive`.
    pub fn archive(mock: &Mock) -> Expectation<()> {
        mock.expect(&ARCHIVE, |()| MockAnswer::empty(204))
    }
}
