//! What an adapter does before it sends anything: for those who write a store of their own.

use crate::any_contact::AnyContact;
use crate::capabilities::{Capabilities, FieldSupport};
use crate::contact::Contact;
use crate::error::StoreError;
use crate::field::Field;
use crate::mapped::Lost;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::store::{WriteOptions, Written};
use client_runtime::{Core, DryRun, Request, ResponseValue};

pub use crate::mapped::Losses;
pub use crate::provider::convert::{Source, nullable, top_name};
pub use crate::store::{failed, unsupported};

/// Checks a change before it is sent: that the API has each of its fields, and can clear those that it clears; that
/// every list is known as a whole; that nothing is missing which every update has to carry; and, where the options name
/// an integration, that it would take the change.
///
/// # Errors
/// What is wrong, the first of these.
pub fn check_patch(
    provider: &'static str,
    capabilities: &Capabilities,
    patch: &ContactPatch,
    options: &WriteOptions,
) -> Result<(), StoreError> {
    let update = Operation::Update;
    check_version(provider, capabilities, update, options)?;
    let support = |field: &Field| capabilities.field(update, *field);
    let unsupported: Vec<Field> = patch
        .fields()
        .filter(|field| support(field) == FieldSupport::Unsupported)
        .collect();
    if !unsupported.is_empty() {
        return Err(StoreError::unsupported_fields(
            provider,
            update,
            unsupported,
        ));
    }
    let not_clearable: Vec<Field> = patch
        .cleared()
        .filter(|field| !capabilities.can_clear(*field))
        .collect();
    if !not_clearable.is_empty() {
        return Err(StoreError::not_clearable(provider, not_clearable));
    }
    let edited: Vec<Field> = patch.edited_lists().collect();
    if !edited.is_empty() {
        return Err(StoreError::needs_contact(provider, edited));
    }
    let missing: Vec<Field> = capabilities
        .update_requires
        .iter()
        .copied()
        .filter(|field| {
            let base = patch.base();
            !patch.changes(*field) && !base.is_some_and(|base| field.has_content(base))
        })
        .collect();
    if !missing.is_empty() {
        return Err(StoreError::missing(provider, update, missing));
    }
    let gaps = options
        .integration
        .map(|integration| integration.gaps_of_patch(patch));
    match gaps {
        Some(gaps) if !gaps.is_empty() => Err(StoreError::integration(provider, update, gaps)),
        _ => Ok(()),
    }
}

/// Refuses a write that is to be done to one version of a contact only, where the API documents no way to name one in
/// the operation.
///
/// # Errors
/// That the API has no `etag` in the operation.
pub fn check_version(
    provider: &'static str,
    capabilities: &Capabilities,
    operation: Operation,
    options: &WriteOptions,
) -> Result<(), StoreError> {
    if options.version.is_none() || capabilities.etags.contains(&operation) {
        return Ok(());
    }
    Err(StoreError::unsupported_fields(
        provider,
        operation,
        vec![Field::Etag],
    ))
}

/// The version that an update names: the one that the options ask for, or that of the contact which it is put onto. A
/// version of another origin's contact says nothing of this one.
#[must_use]
pub fn version_of(patch: &ContactPatch, options: &WriteOptions, origin: &str) -> Option<String> {
    let base = patch
        .base()
        .filter(|base| base.origin.as_deref().is_none_or(|of| of == origin));
    let held = base.and_then(|base| base.etag.as_ref());
    options.version.as_ref().or(held).cloned()
}

/// Checks a draft before it is sent: that nothing is missing which the API requires and, where the options name an
/// integration, that it would take the draft. `gives` are further properties and parameters that the store sends.
///
/// # Errors
/// What is wrong, the first of these.
pub fn check_draft(
    provider: &'static str,
    capabilities: &Capabilities,
    draft: &dyn Contact,
    options: &WriteOptions,
    gives: &[&str],
) -> Result<(), StoreError> {
    let create = Operation::Create;
    check_version(provider, capabilities, create, options)?;
    let missing: Vec<Field> = capabilities
        .create_requires
        .iter()
        .copied()
        .filter(|field| !field.has_content(draft))
        .collect();
    if !missing.is_empty() {
        return Err(StoreError::missing(provider, create, missing));
    }
    let Some(integration) = options.integration else {
        return Ok(());
    };
    let mut gaps = integration.gaps_of_draft(draft);
    gaps.retain(|gap| !gives.contains(&gap.property));
    if gaps.is_empty() {
        Ok(())
    } else {
        Err(StoreError::integration(provider, create, gaps))
    }
}

/// Refuses a write that the API could not hold all of, unless the options accept that. What an API fills itself, and
/// what only contacts of another origin have, is no reason to refuse.
///
/// # Errors
/// What would be lost.
pub fn check_loss(
    provider: &'static str,
    operation: Operation,
    lost: &[Lost],
    options: &WriteOptions,
) -> Result<(), StoreError> {
    let content = lost.iter().filter(|lost| lost.is_content());
    let content: Vec<Lost> = content.cloned().collect();
    if content.is_empty() || options.accepts_loss {
        Ok(())
    } else {
        Err(StoreError::lossy(provider, operation, content))
    }
}

/// The contact that a generated client gave.
///
/// # Errors
/// What the runtime says of the call.
pub fn contact_of<T: Contact, E>(
    provider: &'static str,
    operation: Operation,
    answer: Result<ResponseValue<T>, client_runtime::Error<E>>,
) -> Result<Box<dyn Contact>, StoreError> {
    match answer {
        Ok(answer) => Ok(Box::new(answer.into_inner())),
        Err(error) => Err(StoreError::of_call(provider, operation, error)),
    }
}

/// The write that a generated client made.
///
/// # Errors
/// What the runtime says of the call.
pub fn written_of<T, C: Contact, E>(
    provider: &'static str,
    operation: Operation,
    answer: Result<ResponseValue<T>, client_runtime::Error<E>>,
    contact: impl FnOnce(T) -> Option<C>,
    lost: Vec<Lost>,
) -> Result<Written, StoreError> {
    let answer = answer.map_err(|error| StoreError::of_call(provider, operation, error))?;
    let (value, answer) = answer.into_parts();
    let mut written = Written::new(contact(value).map(AnyContact::new), lost);
    written.answer = Some(answer);
    Ok(written)
}

/// What a generated client would send.
///
/// # Errors
/// What the runtime says of the request.
pub fn dry_run_of(
    provider: &'static str,
    operation: Operation,
    core: &Core,
    request: Request,
) -> Result<DryRun, StoreError> {
    core.dry_run(request).map_err(|failure| {
        let error: client_runtime::Error = failure.into();
        StoreError::of_call(provider, operation, error)
    })
}
