//! Definitions that neither an operation nor a webhook reaches, where the settings leave them out.

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Content, Origin, Parent, Response, Type, TypeId, Types},
};

/// Takes away what nothing reaches. What is reached only to name something inside it stays.
pub(super) fn prune(api: &mut Api, config: &Config, _: &mut Diagnostics) {
    if !config.prune {
        return;
    }
    let roots = [graph::sent(api), graph::received(api)].concat();
    let mut kept = graph::reached(&api.types, roots);
    for id in api.types.ids().filter(|id| kept[id.index()]).collect::<Vec<_>>() {
        let mut parent = parent_of(&api.types, id);
        while let Some(id) = parent.filter(|id| !kept[id.index()]) {
            kept[id.index()] = true;
            parent = parent_of(&api.types, id);
        }
    }
    // What was kept for its name may be made of what was not.
    let named: Vec<Type> = api.types.ids().filter(|id| kept[id.index()]).map(Type::Def).collect();
    let kept = graph::reached(&api.types, &named);

    let mut types = Types::default();
    let mut moved: Vec<Option<TypeId>> = Vec::with_capacity(kept.len());
    for (id, definition) in api.types.iter() {
        moved.push(kept[id.index()].then(|| types.push(definition.clone())));
    }
    let to = |id: &mut TypeId| *id = moved[id.index()].unwrap_or(*id);
    for id in types.ids() {
        if let Origin::Inline {
            parent: Parent::Type(parent),
            ..
        } = &mut types[id].origin
        {
            to(parent);
        }
        types[id]
            .shape
            .parts_mut()
            .into_iter()
            .flat_map(Type::definitions_mut)
            .for_each(to);
    }
    each_use(api, &mut |ty| ty.definitions_mut().into_iter().for_each(to));
    api.types = types;
}

fn parent_of(types: &Types, id: TypeId) -> Option<TypeId> {
    match types[id].origin {
        Origin::Inline {
            parent: Parent::Type(parent),
            ..
        } => Some(parent),
        Origin::Inline {
            parent: Parent::Operation(_) | Parent::Webhook(_) | Parent::Component(_),
            ..
        }
        | Origin::Component(_)
        | Origin::Entry { .. } => None,
    }
}

fn each_use(api: &mut Api, change: &mut impl FnMut(&mut Type)) {
    for operation in &mut api.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| change(&mut parameter.ty));
        let sent = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        sent.for_each(|content| each_of_content(content, change));
        let received = operation.responses.iter_mut();
        received.for_each(|response| each_of_response(response, change));
    }
    for webhook in &mut api.webhooks {
        let arriving = webhook.payloads.iter_mut();
        arriving.for_each(|content| each_of_content(content, change));
        let answers = webhook.responses.iter_mut();
        answers.for_each(|response| each_of_response(response, change));
    }
}

fn each_of_response(response: &mut Response, change: &mut impl FnMut(&mut Type)) {
    response.headers.iter_mut().for_each(|header| change(&mut header.ty));
    let contents = response.contents.iter_mut();
    contents.for_each(|content| each_of_content(content, change));
}

fn each_of_content(content: &mut Content, change: &mut impl FnMut(&mut Type)) {
    content.payload.types_mut().into_iter().for_each(change);
}
