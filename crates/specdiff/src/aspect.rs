//! What can change, and what that means on the wire: one row for each kind of change.
//!
//! Levels follow those of oasdiff: what a caller sends must still be taken, and what it is answered must still be
//! what it reads. So a limit that is tightened breaks requests, and one that is relaxed breaks answers.

use crate::level::WireLevel::{self, Breaking, Info, Warning};

macro_rules! aspects {
    ($($variant:ident $id:literal $mirror:ident $request:ident $response:ident $says:literal)*) => {
        /// A kind of change, without what it happened to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Aspect {
            $(#[doc = $says] $variant,)*
        }

        impl Aspect {
            /// Every kind of change.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The end of the rule's name, such as `type-changed`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The same change seen the other way round.
            #[must_use]
            pub fn mirror(self) -> Self {
                match self { $(Self::$variant => Self::$mirror,)* }
            }

            /// What happened, in words.
            #[must_use]
            pub fn says(self) -> &'static str {
                match self { $(Self::$variant => $says,)* }
            }

            /// The level where it is sent.
            pub(crate) fn in_request(self) -> WireLevel {
                match self { $(Self::$variant => $request,)* }
            }

            /// The level where it is answered.
            pub(crate) fn in_response(self) -> WireLevel {
                match self { $(Self::$variant => $response,)* }
            }
        }
    };
}

aspects! {
    // The type of a value.
    TypeChanged "type-changed" TypeChanged Breaking Breaking "the type changed"
    TypeWidened "type-widened" TypeNarrowed Info Breaking "the type takes more values"
    TypeNarrowed "type-narrowed" TypeWidened Breaking Info "the type takes fewer values"
    TypeStated "type-stated" TypeDropped Breaking Info "the type is stated now"
    TypeDropped "type-dropped" TypeStated Info Breaking "the type is stated no longer"
    FormatChanged "format-changed" FormatChanged Breaking Breaking "the format changed"
    FormatWidened "format-widened" FormatNarrowed Info Breaking "the format takes more values"
    FormatNarrowed "format-narrowed" FormatWidened Breaking Info "the format takes fewer values"
    FormatStated "format-stated" FormatDropped Breaking Info "a format is stated now"
    FormatDropped "format-dropped" FormatStated Info Breaking "the format is stated no longer"
    BecameNullable "became-nullable" BecameNotNullable Info Breaking "null is a value now"
    BecameNotNullable "became-not-nullable" BecameNullable Breaking Info "null is no value any more"
    ItemsStated "items-stated" ItemsDropped Breaking Info "the items have a schema now"
    ItemsDropped "items-dropped" ItemsStated Info Breaking "the items have no schema any more"

    // Lists of values.
    EnumValueAdded "enum-value-added" EnumValueRemoved Info Warning "a value was added"
    EnumValueRemoved "enum-value-removed" EnumValueAdded Breaking Info "a value was removed"
    OpenEnumValueAdded "open-enum-value-added" OpenEnumValueRemoved Info Info "a known value was added; others are taken as before"
    OpenEnumValueRemoved "open-enum-value-removed" OpenEnumValueAdded Warning Info "a known value was removed; others are taken as before"
    EnumStated "enum-stated" EnumDropped Breaking Info "only listed values are taken now"
    EnumDropped "enum-dropped" EnumStated Info Breaking "the values are listed no longer"
    OpenEnumStated "open-enum-stated" OpenEnumDropped Info Info "known values are listed now; others are taken as before"
    OpenEnumDropped "open-enum-dropped" OpenEnumStated Info Info "known values are listed no longer"
    EnumOpened "enum-opened" EnumClosed Info Warning "other values than the listed ones occur now"
    EnumClosed "enum-closed" EnumOpened Breaking Info "only the listed values occur now"
    EnumReordered "enum-reordered" EnumReordered Info Info "the values are listed in another order"

    // Limits of values.
    MaximumStated "maximum-stated" MaximumDropped Warning Info "a maximum is stated now"
    MaximumDropped "maximum-dropped" MaximumStated Info Breaking "the maximum is stated no longer"
    MaximumLowered "maximum-lowered" MaximumRaised Breaking Info "the maximum was lowered"
    MaximumRaised "maximum-raised" MaximumLowered Info Breaking "the maximum was raised"
    MinimumStated "minimum-stated" MinimumDropped Warning Info "a minimum is stated now"
    MinimumDropped "minimum-dropped" MinimumStated Info Breaking "the minimum is stated no longer"
    MinimumRaised "minimum-raised" MinimumLowered Breaking Info "the minimum was raised"
    MinimumLowered "minimum-lowered" MinimumRaised Info Breaking "the minimum was lowered"
    ExclusiveMaximumStated "exclusive-maximum-stated" ExclusiveMaximumDropped Warning Info "an exclusive maximum is stated now"
    ExclusiveMaximumDropped "exclusive-maximum-dropped" ExclusiveMaximumStated Info Breaking "the exclusive maximum is stated no longer"
    ExclusiveMaximumLowered "exclusive-maximum-lowered" ExclusiveMaximumRaised Breaking Info "the exclusive maximum was lowered"
    ExclusiveMaximumRaised "exclusive-maximum-raised" ExclusiveMaximumLowered Info Breaking "the exclusive maximum was raised"
    ExclusiveMinimumStated "exclusive-minimum-stated" ExclusiveMinimumDropped Warning Info "an exclusive minimum is stated now"
    ExclusiveMinimumDropped "exclusive-minimum-dropped" ExclusiveMinimumStated Info Breaking "the exclusive minimum is stated no longer"
    ExclusiveMinimumRaised "exclusive-minimum-raised" ExclusiveMinimumLowered Breaking Info "the exclusive minimum was raised"
    ExclusiveMinimumLowered "exclusive-minimum-lowered" ExclusiveMinimumRaised Info Breaking "the exclusive minimum was lowered"
    MaximumMadeExclusive "maximum-made-exclusive" MaximumMadeInclusive Breaking Info "the maximum itself is no value any more"
    MaximumMadeInclusive "maximum-made-inclusive" MaximumMadeExclusive Info Breaking "the maximum itself is a value now"
    MinimumMadeExclusive "minimum-made-exclusive" MinimumMadeInclusive Breaking Info "the minimum itself is no value any more"
    MinimumMadeInclusive "minimum-made-inclusive" MinimumMadeExclusive Info Breaking "the minimum itself is a value now"
    MaxLengthStated "max-length-stated" MaxLengthDropped Warning Info "a greatest length is stated now"
    MaxLengthDropped "max-length-dropped" MaxLengthStated Info Breaking "the greatest length is stated no longer"
    MaxLengthLowered "max-length-lowered" MaxLengthRaised Breaking Info "the greatest length was lowered"
    MaxLengthRaised "max-length-raised" MaxLengthLowered Info Breaking "the greatest length was raised"
    MinLengthStated "min-length-stated" MinLengthDropped Warning Info "a least length is stated now"
    MinLengthDropped "min-length-dropped" MinLengthStated Info Breaking "the least length is stated no longer"
    MinLengthRaised "min-length-raised" MinLengthLowered Breaking Info "the least length was raised"
    MinLengthLowered "min-length-lowered" MinLengthRaised Info Breaking "the least length was lowered"
    MaxItemsStated "max-items-stated" MaxItemsDropped Warning Info "a greatest count of items is stated now"
    MaxItemsDropped "max-items-dropped" MaxItemsStated Info Breaking "the greatest count of items is stated no longer"
    MaxItemsLowered "max-items-lowered" MaxItemsRaised Breaking Info "the greatest count of items was lowered"
    MaxItemsRaised "max-items-raised" MaxItemsLowered Info Breaking "the greatest count of items was raised"
    MinItemsStated "min-items-stated" MinItemsDropped Warning Info "a least count of items is stated now"
    MinItemsDropped "min-items-dropped" MinItemsStated Info Breaking "the least count of items is stated no longer"
    MinItemsRaised "min-items-raised" MinItemsLowered Breaking Info "the least count of items was raised"
    MinItemsLowered "min-items-lowered" MinItemsRaised Info Breaking "the least count of items was lowered"
    MaxPropertiesStated "max-properties-stated" MaxPropertiesDropped Warning Info "a greatest count of fields is stated now"
    MaxPropertiesDropped "max-properties-dropped" MaxPropertiesStated Info Breaking "the greatest count of fields is stated no longer"
    MaxPropertiesLowered "max-properties-lowered" MaxPropertiesRaised Breaking Info "the greatest count of fields was lowered"
    MaxPropertiesRaised "max-properties-raised" MaxPropertiesLowered Info Breaking "the greatest count of fields was raised"
    MinPropertiesStated "min-properties-stated" MinPropertiesDropped Warning Info "a least count of fields is stated now"
    MinPropertiesDropped "min-properties-dropped" MinPropertiesStated Info Breaking "the least count of fields is stated no longer"
    MinPropertiesRaised "min-properties-raised" MinPropertiesLowered Breaking Info "the least count of fields was raised"
    MinPropertiesLowered "min-properties-lowered" MinPropertiesRaised Info Breaking "the least count of fields was lowered"
    MultipleOfStated "multiple-of-stated" MultipleOfDropped Warning Info "only multiples are taken now"
    MultipleOfDropped "multiple-of-dropped" MultipleOfStated Info Breaking "multiples are stated no longer"
    MultipleOfChanged "multiple-of-changed" MultipleOfChanged Breaking Breaking "other multiples are taken"
    PatternStated "pattern-stated" PatternDropped Warning Info "a pattern is stated now"
    PatternDropped "pattern-dropped" PatternStated Info Warning "the pattern is stated no longer"
    PatternChanged "pattern-changed" PatternChanged Warning Warning "the pattern changed"
    UniqueItemsStated "unique-items-stated" UniqueItemsDropped Breaking Info "the items must differ now"
    UniqueItemsDropped "unique-items-dropped" UniqueItemsStated Info Warning "the items need not differ any more"
    NotStated "not-stated" NotDropped Warning Info "some values are excluded now"
    NotDropped "not-dropped" NotStated Info Warning "values are excluded no longer"
    NotChanged "not-changed" NotChanged Warning Warning "other values are excluded"

    // The fields of an object.
    OptionalPropertyAdded "optional-property-added" OptionalPropertyRemoved Info Info "an optional field was added"
    OptionalPropertyRemoved "optional-property-removed" OptionalPropertyAdded Warning Warning "an optional field was removed"
    DemandedPropertyAdded "demanded-property-added" DemandedPropertyRemoved Breaking Info "an optional field was added that integrations require"
    DemandedPropertyRemoved "demanded-property-removed" DemandedPropertyAdded Warning Warning "an optional field was removed that integrations required"
    RequiredPropertyAdded "required-property-added" RequiredPropertyRemoved Breaking Info "a required field was added"
    RequiredPropertyRemoved "required-property-removed" RequiredPropertyAdded Warning Breaking "a required field was removed"
    OptionalPropertyRenamed "optional-property-renamed" OptionalPropertyRenamed Warning Warning "an optional field was renamed"
    RequiredPropertyRenamed "required-property-renamed" RequiredPropertyRenamed Breaking Breaking "a required field was renamed"
    BecameRequired "became-required" BecameOptional Breaking Info "it is required now"
    BecameOptional "became-optional" BecameRequired Info Breaking "it is optional now"
    BecameReadOnly "became-read-only" ReadOnlyDropped Warning Info "it can only be read now"
    ReadOnlyDropped "read-only-dropped" BecameReadOnly Info Info "it can be written now"
    BecameWriteOnly "became-write-only" WriteOnlyDropped Info Warning "it can only be written now"
    WriteOnlyDropped "write-only-dropped" BecameWriteOnly Info Info "it can be read now"
    FurtherFieldsAllowed "further-fields-allowed" FurtherFieldsRefused Info Info "fields that are not named are taken now"
    FurtherFieldsRefused "further-fields-refused" FurtherFieldsAllowed Breaking Info "fields that are not named are taken no longer"
    FurtherFieldsTyped "further-fields-typed" FurtherFieldsUntyped Breaking Info "fields that are not named have a schema now"
    FurtherFieldsUntyped "further-fields-untyped" FurtherFieldsTyped Info Breaking "fields that are not named have no schema any more"

    // Choices among schemas.
    ChoiceAdded "choice-added" ChoiceRemoved Info Breaking "a form was added"
    ChoiceRemoved "choice-removed" ChoiceAdded Breaking Info "a form was removed"
    ChoiceStated "choice-stated" ChoiceDropped Breaking Breaking "it has one of several forms now"
    ChoiceDropped "choice-dropped" ChoiceStated Breaking Breaking "it has one of several forms no longer"
    ChoiceMadeExclusive "choice-made-exclusive" ChoiceMadeInclusive Warning Info "exactly one form may fit now"
    ChoiceMadeInclusive "choice-made-inclusive" ChoiceMadeExclusive Info Warning "several forms may fit now"
    DiscriminatorStated "discriminator-stated" DiscriminatorDropped Warning Info "a field tells the forms apart now"
    DiscriminatorDropped "discriminator-dropped" DiscriminatorStated Info Warning "no field tells the forms apart any more"
    DiscriminatorChanged "discriminator-changed" DiscriminatorChanged Breaking Breaking "the forms are told apart otherwise"

    // Names of schemas.
    SchemaAdded "added" SchemaRemoved Info Info "a schema was added that nothing uses"
    SchemaRemoved "removed" SchemaAdded Info Info "a schema was removed that nothing used"
    SchemaRenamed "renamed" SchemaRenamed Info Info "the schema was renamed"
    ReferenceChanged "reference-changed" ReferenceChanged Info Info "it names another schema"
    ReferenceMade "reference-made" ReferenceInlined Info Info "it names a schema now"
    ReferenceInlined "reference-inlined" ReferenceMade Info Info "it names no schema any more"
    NowAnsweredToo "now-answered-too" NoLongerAnswered Info Info "what was only sent is answered too, so its type for requests has another name"
    NoLongerAnswered "no-longer-answered" NowAnsweredToo Info Info "what was answered too is only sent, so its type for requests has another name"

    // Words and samples.
    DefaultStated "default-stated" DefaultDropped Info Info "a default is stated now"
    DefaultDropped "default-dropped" DefaultStated Info Info "the default is stated no longer"
    DefaultChanged "default-changed" DefaultChanged Info Info "the default changed"
    Deprecated "deprecated" Reinstated Info Info "it is deprecated now"
    Reinstated "reinstated" Deprecated Info Info "it is deprecated no longer"
    DescriptionAdded "description-added" DescriptionRemoved Info Info "a description was added"
    DescriptionRemoved "description-removed" DescriptionAdded Info Info "the description was removed"
    DescriptionChanged "description-changed" DescriptionChanged Info Info "the description changed"
    TitleAdded "title-added" TitleRemoved Info Info "a title was added"
    TitleRemoved "title-removed" TitleAdded Info Info "the title was removed"
    TitleChanged "title-changed" TitleChanged Info Info "the title changed"
    ExampleAdded "example-added" ExampleRemoved Info Info "an example was added"
    ExampleRemoved "example-removed" ExampleAdded Info Info "the example was removed"
    ExampleChanged "example-changed" ExampleChanged Info Info "the example changed"
    KeywordAdded "keyword-added" KeywordRemoved Info Info "a keyword was added"
    KeywordRemoved "keyword-removed" KeywordAdded Info Info "a keyword was removed"
    KeywordChanged "keyword-changed" KeywordChanged Info Info "a keyword changed"
    HiddenStated "hidden-stated" HiddenDropped Info Info "the page hides its fields now"
    HiddenDropped "hidden-dropped" HiddenStated Info Info "the page shows its fields now"
    AssumptionMade "assumption-made" AssumptionDropped Info Info "it is assumed now"
    AssumptionDropped "assumption-dropped" AssumptionMade Info Info "it is documented now, where it was assumed"
    AssumptionChanged "assumption-changed" AssumptionChanged Info Info "it is assumed for another reason"
    SlipStated "slip-stated" SlipDropped Info Info "the name is known for a slip now"
    SlipDropped "slip-dropped" SlipStated Info Info "the name is known for a slip no longer"
    SlipChanged "slip-changed" SlipChanged Info Info "the name is known for a slip of another"

    // What each integration supports and requires.
    IntegrationNowSupports "integration-now-supports" IntegrationNoLongerSupports Info Info "an integration supports it now"
    IntegrationNoLongerSupports "integration-no-longer-supports" IntegrationNowSupports Warning Warning "an integration supports it no longer"
    IntegrationNowRequires "integration-now-requires" IntegrationNoLongerRequires Breaking Info "an integration that supports it requires it now"
    IntegrationNoLongerRequires "integration-no-longer-requires" IntegrationNowRequires Info Warning "an integration that supports it requires it no longer"
    IntegrationNowDemands "integration-now-demands" IntegrationNoLongerDemands Breaking Info "an integration that did not support it requires it now"
    IntegrationNoLongerDemands "integration-no-longer-demands" IntegrationNowDemands Warning Warning "an integration that required it supports it no longer"
    NewIntegrationSupports "new-integration-supports" LostIntegrationSupported Info Info "a new integration supports it"
    LostIntegrationSupported "lost-integration-supported" NewIntegrationSupports Warning Warning "an integration that is gone supported it"
    NewIntegrationRequires "new-integration-requires" LostIntegrationRequired Info Info "a new integration requires it"
    LostIntegrationRequired "lost-integration-required" NewIntegrationRequires Warning Warning "an integration that is gone required it"
    IntegrationValueAdded "integration-value-added" IntegrationValueRemoved Info Info "an integration takes a further value"
    IntegrationValueRemoved "integration-value-removed" IntegrationValueAdded Warning Info "an integration takes a value no longer"
    IntegrationNoteAdded "integration-note-added" IntegrationNoteRemoved Info Info "a note about an integration was added"
    IntegrationNoteRemoved "integration-note-removed" IntegrationNoteAdded Info Info "a note about an integration was removed"
    IntegrationNoteChanged "integration-note-changed" IntegrationNoteChanged Info Info "a note about an integration changed"

    // Parameters.
    RequiredParameterAdded "required-added" RequiredParameterRemoved Breaking Breaking "a required parameter was added"
    RequiredParameterRemoved "required-removed" RequiredParameterAdded Warning Warning "a required parameter was removed"
    OptionalParameterAdded "optional-added" OptionalParameterRemoved Info Info "an optional parameter was added"
    DemandedParameterAdded "demanded-added" DemandedParameterRemoved Breaking Info "an optional parameter was added that integrations require"
    DemandedParameterRemoved "demanded-removed" DemandedParameterAdded Warning Warning "an optional parameter was removed that integrations required"
    OptionalParameterRemoved "optional-removed" OptionalParameterAdded Warning Warning "an optional parameter was removed"
    OptionalParameterRenamed "optional-renamed" OptionalParameterRenamed Warning Warning "an optional parameter was renamed"
    RequiredParameterRenamed "required-renamed" RequiredParameterRenamed Breaking Breaking "a required parameter was renamed"
    PathParameterRenamed "name-changed" PathParameterRenamed Info Info "the parameter of the path has another name"
    EncodingChanged "encoding-changed" EncodingChanged Breaking Breaking "the value is written otherwise"
    EmptyValueAllowed "empty-value-allowed" EmptyValueRefused Info Info "it may be written without a value now"
    EmptyValueRefused "empty-value-refused" EmptyValueAllowed Breaking Info "it may be written without a value no longer"

    // Bodies and answers.
    RequiredBodyAdded "required-added" RequiredBodyRemoved Breaking Info "a required body was added"
    RequiredBodyRemoved "required-removed" RequiredBodyAdded Warning Info "the required body was removed"
    OptionalBodyAdded "optional-added" OptionalBodyRemoved Info Info "an optional body was added"
    OptionalBodyRemoved "optional-removed" OptionalBodyAdded Warning Info "the optional body was removed"
    MediaTypeAdded "media-type-added" MediaTypeRemoved Info Info "a media type was added"
    MediaTypeRemoved "media-type-removed" MediaTypeAdded Breaking Breaking "a media type was removed"
    BodySchemaStated "schema-stated" BodySchemaDropped Breaking Info "the body has a schema now"
    BodySchemaDropped "schema-dropped" BodySchemaStated Info Breaking "the body has no schema any more"
    SuccessAdded "success-added" SuccessRemoved Info Info "an answer of success was added"
    SuccessRemoved "success-removed" SuccessAdded Breaking Breaking "an answer of success was removed"
    FailureAdded "failure-added" FailureRemoved Info Info "an answer of failure was added"
    FailureRemoved "failure-removed" FailureAdded Warning Warning "an answer of failure was removed"
    OtherAnswerAdded "default-added" OtherAnswerRemoved Info Info "an answer for every other status was added"
    OtherAnswerRemoved "default-removed" OtherAnswerAdded Warning Warning "the answer for every other status was removed"
    OptionalHeaderAdded "optional-added" OptionalHeaderRemoved Info Info "an optional header was added"
    OptionalHeaderRemoved "optional-removed" OptionalHeaderAdded Warning Warning "an optional header was removed"
    RequiredHeaderAdded "required-added" RequiredHeaderRemoved Info Info "a header that is always there was added"
    RequiredHeaderRemoved "required-removed" RequiredHeaderAdded Breaking Breaking "a header that was always there was removed"

    // Operations.
    OperationAdded "added" OperationRemoved Info Info "an operation was added"
    OperationRemoved "removed" OperationAdded Breaking Breaking "an operation was removed"
    DeprecatedOperationAdded "added-deprecated" DeprecatedOperationRemoved Info Info "an operation was added that is deprecated"
    DeprecatedOperationRemoved "removed-after-deprecation" DeprecatedOperationAdded Warning Warning "a deprecated operation was removed"
    PathChanged "path-changed" PathChanged Breaking Breaking "the operation has another path"
    MethodChanged "method-changed" MethodChanged Breaking Breaking "the operation has another method"
    OperationIdAdded "id-added" OperationIdRemoved Info Info "an operation id was added"
    OperationIdRemoved "id-removed" OperationIdAdded Info Info "the operation id was removed"
    OperationIdChanged "id-changed" OperationIdChanged Info Info "the operation id changed"
    SummaryAdded "summary-added" SummaryRemoved Info Info "a summary was added"
    SummaryRemoved "summary-removed" SummaryAdded Info Info "the summary was removed"
    SummaryChanged "summary-changed" SummaryChanged Info Info "the summary changed"
    TagAdded "tag-added" TagRemoved Info Info "a tag was added"
    TagRemoved "tag-removed" TagAdded Info Info "a tag was removed"
    AuthenticationDemanded "authentication-demanded" AuthenticationDropped Breaking Breaking "the caller must authenticate now"
    AuthenticationDropped "authentication-dropped" AuthenticationDemanded Info Info "the caller need not authenticate any more"
    AuthenticationWayAdded "authentication-way-added" AuthenticationWayRemoved Info Info "there is a further way to authenticate"
    AuthenticationWayRemoved "authentication-way-removed" AuthenticationWayAdded Breaking Breaking "a way to authenticate was removed"
    PaginationStated "pagination-stated" PaginationDropped Info Info "the answer is paged in a known way now"
    PaginationDropped "pagination-dropped" PaginationStated Warning Warning "the answer is paged in a known way no longer"
    PaginationChanged "pagination-changed" PaginationChanged Warning Warning "the answer is paged otherwise"

    // The API as a whole.
    ServerAdded "server-added" ServerRemoved Info Info "a server was added"
    ServerRemoved "server-removed" ServerAdded Warning Warning "a server was removed"
    DefaultServerChanged "default-server-changed" DefaultServerChanged Warning Warning "clients talk to another server unless told otherwise"
    SchemeAdded "security-scheme-added" SchemeRemoved Info Info "a security scheme was added"
    SchemeRemoved "security-scheme-removed" SchemeAdded Warning Warning "a security scheme was removed"
    SchemeChanged "security-scheme-changed" SchemeChanged Breaking Breaking "a security scheme works otherwise"
    SchemeReworded "security-scheme-reworded" SchemeReworded Info Info "a security scheme is described otherwise"
    VersionChanged "version-changed" VersionChanged Info Info "the document has another version"
    RetryPolicyStated "retry-policy-stated" RetryPolicyDropped Info Info "a retry policy is stated now"
    RetryPolicyDropped "retry-policy-dropped" RetryPolicyStated Info Info "the retry policy is stated no longer"
    RetryPolicyChanged "retry-policy-changed" RetryPolicyChanged Info Info "the retry policy changed"
    QuotasStated "quotas-stated" QuotasDropped Warning Warning "quotas are stated now"
    QuotasDropped "quotas-dropped" QuotasStated Info Info "quotas are stated no longer"
    QuotasChanged "quotas-changed" QuotasChanged Warning Warning "the quotas changed"
    ValidationDropped "validation-dropped" ValidationStated Info Warning "the API checks nothing any more: every list of values is open"
    ValidationStated "validation-stated" ValidationDropped Warning Info "the API checks what it takes now"
    SourcesMoved "sources-moved" SourcesMoved Info Info "facts stand elsewhere in their sources"
}
