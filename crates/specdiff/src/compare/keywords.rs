//! Keywords that have rules of their own, wherever they stand.

use crate::aspect::Aspect;

/// A keyword, and what is reported when it is added, removed and changed.
pub(crate) struct Named(
    pub(crate) &'static str,
    pub(crate) Aspect,
    pub(crate) Aspect,
    pub(crate) Aspect,
);

/// The keywords.
pub(crate) const NAMED: [Named; 13] = {
    use Aspect as A;
    [
        Named(
            "description",
            A::DescriptionAdded,
            A::DescriptionRemoved,
            A::DescriptionChanged,
        ),
        Named("title", A::TitleAdded, A::TitleRemoved, A::TitleChanged),
        Named(
            "summary",
            A::SummaryAdded,
            A::SummaryRemoved,
            A::SummaryChanged,
        ),
        Named(
            "example",
            A::ExampleAdded,
            A::ExampleRemoved,
            A::ExampleChanged,
        ),
        Named(
            "examples",
            A::ExampleAdded,
            A::ExampleRemoved,
            A::ExampleChanged,
        ),
        Named(
            "default",
            A::DefaultStated,
            A::DefaultDropped,
            A::DefaultChanged,
        ),
        Named(
            "discriminator",
            A::DiscriminatorStated,
            A::DiscriminatorDropped,
            A::DiscriminatorChanged,
        ),
        Named(
            "operationId",
            A::OperationIdAdded,
            A::OperationIdRemoved,
            A::OperationIdChanged,
        ),
        Named(
            "x-assumed",
            A::AssumptionMade,
            A::AssumptionDropped,
            A::AssumptionChanged,
        ),
        Named(
            "x-misspelling-of",
            A::SlipStated,
            A::SlipDropped,
            A::SlipChanged,
        ),
        Named(
            "x-pagination",
            A::PaginationStated,
            A::PaginationDropped,
            A::PaginationChanged,
        ),
        Named(
            "x-retry",
            A::RetryPolicyStated,
            A::RetryPolicyDropped,
            A::RetryPolicyChanged,
        ),
        Named(
            "x-quotas",
            A::QuotasStated,
            A::QuotasDropped,
            A::QuotasChanged,
        ),
    ]
};
