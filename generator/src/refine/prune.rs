//! Definitions that no operation reaches, where the settings leave them out.

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Additional, Api, Operation, Origin, Parent, Shape, Type, TypeId, Types},
};

/// Takes away what nothing reaches. What is reached only to name something inside it stays.
pub(super) fn prune(api: &mut Api, config: &Config, _: &mut Diagnostics) {
    if !config.prune {
        return;
    }
    let roots = api
        .operations
        .iter()
        .flat_map(|operation| [graph::sent(operation), graph::received(operation)].concat());
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
        each_part(&mut types[id].shape, &mut |ty| redirect(ty, &to));
    }
    for operation in &mut api.operations {
        each_use(operation, &mut |ty| redirect(ty, &to));
    }
    api.types = types;
}

fn parent_of(types: &Types, id: TypeId) -> Option<TypeId> {
    match types[id].origin {
        Origin::Inline {
            parent: Parent::Type(parent),
            ..
        } => Some(parent),
        Origin::Inline {
            parent: Parent::Operation(_) | Parent::Component(_),
            ..
        }
        | Origin::Component(_) => None,
    }
}

fn redirect(ty: &mut Type, to: &impl Fn(&mut TypeId)) {
    match ty {
        Type::Def(id) => to(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => redirect(inner, to),
        Type::Primitive(_) | Type::Any => {}
    }
}

fn each_part(shape: &mut Shape, change: &mut impl FnMut(&mut Type)) {
    match shape {
        Shape::Struct(object) => {
            object.fields.iter_mut().for_each(|field| change(&mut field.ty));
            match &mut object.additional {
                Additional::Declared(ty) => change(ty),
                Additional::Denied | Additional::Implied => {}
            }
        }
        Shape::Union(union) => union.variants.iter_mut().for_each(|variant| change(&mut variant.ty)),
        Shape::Alias(ty) => change(ty),
        Shape::Enum(_) => {}
    }
}

fn each_use(operation: &mut Operation, change: &mut impl FnMut(&mut Type)) {
    operation
        .parameters
        .iter_mut()
        .for_each(|parameter| change(&mut parameter.ty));
    let headers = operation
        .responses
        .iter_mut()
        .flat_map(|response| &mut response.headers);
    headers.for_each(|header| change(&mut header.ty));
    let sent = operation.body.iter_mut().flat_map(|body| &mut body.contents);
    let received = operation
        .responses
        .iter_mut()
        .flat_map(|response| &mut response.content);
    for content in sent.chain(received) {
        content.payload.types_mut().into_iter().for_each(&mut *change);
    }
}
