namespace Weir.Core.Configuration;

/// <summary>
/// Every mistake Weir can name in a configuration. Codes are never reused or renumbered: people search for them.
/// <c>docs/reference/diagnostics.md</c> is generated from this table.
/// </summary>
public static class DiagnosticCodes
{
    // 1xxx: syntax and shape
    public static DiagnosticCode Syntax { get; } = Error(1001, "The file is not valid YAML", "The text could not be read as YAML or JSON. The line is where reading stopped; the cause is often one line above: indentation, a tab, a missing quote.");
    public static DiagnosticCode FileTooLarge { get; } = Error(1002, "The file is too large", "A configuration file may have at most 4 MiB.");
    public static DiagnosticCode TooDeep { get; } = Error(1003, "Nested too deeply", "Lists and mappings may nest at most 32 levels.");
    public static DiagnosticCode TooManyAliases { get; } = Error(1004, "Aliases repeat too much", "YAML aliases may repeat at most 20,000 values in total. Documents that multiply through aliases are refused.");
    public static DiagnosticCode DuplicateKey { get; } = Error(1005, "A key is given twice", "The same key stands twice in one mapping; one of the two values would be ignored silently.");
    public static DiagnosticCode UnknownKey { get; } = Error(1006, "Unknown key", "No such key exists here. Misspelt keys are refused so that no setting is ignored silently.");
    public static DiagnosticCode WrongType { get; } = Error(1007, "Wrong kind of value", "The value is, for example, a list where text is expected.");
    public static DiagnosticCode Missing { get; } = Error(1008, "A required key is missing", "The entry cannot work without this key.");
    public static DiagnosticCode DuplicateName { get; } = Error(1009, "A name is used twice", "Names are unique within a list (key names within their tenant).");
    public static DiagnosticCode NotYet { get; } = Error(1010, "Reserved for a later version", "The key is part of the configuration's plan, but this version does not act on it. It is refused rather than ignored.");
    public static DiagnosticCode SeveralDocuments { get; } = Error(1011, "More than one YAML document", "A file holds one document.");
    public static DiagnosticCode NotAMapping { get; } = Error(1012, "The file is not a mapping", "The top level holds keys such as providers, models and keys.");
    public static DiagnosticCode NotOneOf { get; } = Error(1013, "Not one of the allowed words", "The value must be one of a fixed set of words.");
    public static DiagnosticCode BadName { get; } = Error(1014, "Not a usable name", "Names start with a letter or digit and hold letters, digits, and . _ - / : @ up to 200 characters. A model name may end in one *.");
    public static DiagnosticCode UnsupportedYaml { get; } = Error(1015, "YAML feature not supported", "Tags, merge keys, non-text keys and undefined aliases are refused.");
    public static DiagnosticCode ExactlyOne { get; } = Error(1016, "Exactly one of several keys is needed", "For example a secret is given by fromEnv or by fromFile, never both, never neither.");
    public static DiagnosticCode FileUnreadable { get; } = Error(1017, "The configuration file cannot be read", "The file does not exist, may not be read, or is not UTF-8 text.");

    // 2xxx: references
    public static DiagnosticCode UnknownProvider { get; } = Error(2001, "No such provider", "A target names a provider that is not in the providers list.");
    public static DiagnosticCode UnknownModel { get; } = Error(2002, "No such model", "A route leads to a model that no entry or pattern of the models list serves, and no route gives that name.");
    public static DiagnosticCode UnknownTenant { get; } = Error(2003, "No such tenant", "A team or key names a tenant that is not in the tenants list.");
    public static DiagnosticCode UnknownTeam { get; } = Error(2004, "No such team", "A key names a team that is not in the teams list.");
    public static DiagnosticCode RouteCycle { get; } = Error(2005, "Routes lead in a circle", "A name in a route's plan is the name of another route that leads back to the first.");
    public static DiagnosticCode NoTargets { get; } = Error(2006, "A model without targets", "A model needs at least one target, or no call to it could be answered.");
    public static DiagnosticCode NoCommonDialect { get; } = Error(2007, "Targets cannot answer the same calls", "All targets of a model must share an operation (chat or embeddings) that some dialect of their provider speaks.");
    public static DiagnosticCode UnknownKind { get; } = Error(2008, "No such provider kind", "The kind is not in the provider table. Endpoints that speak OpenAI's API and are not listed use openai-compatible.");
    public static DiagnosticCode StarWithoutPattern { get; } = Error(2009, "A * with nothing to stand for", "A * in a target's model stands for what the * of the model's own name matched; an exact name matches nothing.");
    public static DiagnosticCode RouteHidesModel { get; } = Warning(2010, "A route hides a name", "The first route that matches takes the call: a model or a later route of the same name would get none.");
    public static DiagnosticCode TeamOfOtherTenant { get; } = Error(2011, "The team belongs to another tenant", "A key's team must belong to the key's tenant.");
    public static DiagnosticCode GrantMatchesNothing { get; } = Warning(2012, "A grant matches no model", "The key is granted a model name or pattern that nothing serves at present.");
    public static DiagnosticCode SameTargetTwice { get; } = Warning(2013, "The same target twice", "A second try at the same place rarely helps: failover wants different places.");
    public static DiagnosticCode UnknownDialect { get; } = Error(2014, "No such dialect", $"The dialects Weir speaks are {string.Join(", ", Providers.ProviderTable.DialectNames)}.");
    public static DiagnosticCode UnknownPlace { get; } = Warning(2015, "No such region or place", "A route requires a region or residency that no provider and no target has: misspelt, or of no use yet. Regions and residency are words of your own: say of providers and targets what is true of them.");
    public static DiagnosticCode Unreachable { get; } = Warning(2016, "No call gets here", "A route after one that matches every call, or a branch after one without a condition.");
    public static DiagnosticCode UndeclaredCaller { get; } = Warning(2017, "No such tenant or team is declared", "A route matches a tenant or team that the file does not declare. It works for keys that were made with that name by command or API.");
    public static DiagnosticCode Impossible { get; } = Error(2018, "No target can meet the requirements", "Every call by this route would be refused. What is not known of a target does not meet a requirement.");
    public static DiagnosticCode NeverEligible { get; } = Warning(2019, "A model that the requirements rule out", "The plan names it, but none of its targets meets what the route requires: it would never be used here.");
    public static DiagnosticCode SamePlanTwice { get; } = Warning(2020, "The same model twice in one list", "The later place has no effect: a target is tried once, at the first place where it stands.");
    public static DiagnosticCode RouteBehindName { get; } = Error(2021, "A name that stands for more than a plan", "A plan may name what another route gave a name, but only its plan is taken over: a route that also requires or sets something must be spelt out.");
    public static DiagnosticCode PlanTooLarge { get; } = Error(2022, "Plan too large", "A plan may have 1,000 models in the end, and a name may lead through 32 routes.");
    public static DiagnosticCode UnpricedByCost { get; } = Error(2023, "No price where cost decides", "A target without a price cannot be compared by cost: it would never be chosen, or always. Refused rather than warned of, because the mistake would show only in the bill.");
    public static DiagnosticCode NeverContinued { get; } = Error(2024, "Answers that nobody could continue", "attempts.continue needs a second target whose model goes on from the beginning of an answer (capability prefill): known of documented models, declared by capabilities for others.");

    public static DiagnosticCode UnknownIntent { get; } = Error(2030, "Intent does not exist", "A route or default names an intent that is not declared under intents; out-of-scope stands for none of them.");

    // 3xxx: secrets
    public static DiagnosticCode EnvironmentMissing { get; } = Error(3001, "Environment variable not set", "A secret refers to an environment variable that the process does not have.");
    public static DiagnosticCode SecretFileUnreadable { get; } = Error(3002, "Secret file cannot be read", "A secret refers to a file that does not exist, may not be read, or is larger than 64 KiB.");
    public static DiagnosticCode LiteralSecret { get; } = Error(3003, "A secret written into the file", "Secrets are given only by reference. Consider the one in the file as leaked: revoke it and make a new one.");
    public static DiagnosticCode SecretTooShort { get; } = Error(3004, "Secret too short or too long", "A key's secret needs 20 to 256 characters, a provider's credential at least 8.");
    public static DiagnosticCode DefaultSecret { get; } = Error(3005, "Well-known secret", "The secret is a placeholder or an example from documentation that anybody could guess.");
    public static DiagnosticCode CredentialMissing { get; } = Error(3006, "No credential", "This kind of provider answers no call without a credential.");
    public static DiagnosticCode SharedSecret { get; } = Error(3007, "Two keys with the same secret", "A call could not be attributed to one of them.");
    public static DiagnosticCode SecretEmpty { get; } = Error(3008, "Secret is empty", "The environment variable or file exists but holds nothing.");
    public static DiagnosticCode SecretNotHeaderSafe { get; } = Error(3009, "Secret has characters a header cannot carry", "Spaces inside, line breaks and non-ASCII characters cannot be sent in an HTTP header. Surrounding whitespace is removed for you.");

    // 4xxx: values
    public static DiagnosticCode BadUrl { get; } = Error(4001, "Not a usable URL", "An absolute http or https URL without user name, query or fragment is needed.");
    public static DiagnosticCode PlainHttp { get; } = Warning(4002, "Unencrypted connection to a public address", "Prompts, answers and the credential travel readable. Use https.");
    public static DiagnosticCode BadDuration { get; } = Error(4003, "Not a duration", "Durations are whole numbers with a unit: 500ms, 10s, 5m, 1h, 1h30m.");
    public static DiagnosticCode DurationOutOfRange { get; } = Error(4004, "Duration out of range", "The duration is shorter or longer than makes sense here.");
    public static DiagnosticCode BadSize { get; } = Error(4005, "Not a size", "Sizes are whole numbers with a unit: 512KiB, 64MiB, 1GiB (or KB, MB, GB).");
    public static DiagnosticCode OutOfRange { get; } = Error(4006, "Number out of range", "The number is smaller or larger than makes sense here.");
    public static DiagnosticCode BadPrice { get; } = Error(4007, "Not a price", "Prices are decimal US dollars per million tokens, for example 2.50.");
    public static DiagnosticCode ExpiredKey { get; } = Warning(4008, "The key has expired", "Calls with it are refused. Remove it or give it a later date.");
    public static DiagnosticCode Unpriced { get; } = Warning(4009, "No price is known for this model", "Its calls are recorded as unpriced, not as free. Add an entry to prices.");
    public static DiagnosticCode BadTimestamp { get; } = Error(4010, "Not a point in time", "Points in time are ISO 8601 with a zone: 2027-01-31 or 2027-01-31T12:00:00Z.");
    public static DiagnosticCode BadHeader { get; } = Error(4011, "Not a usable header", "The name or value cannot be sent, or Weir sets this header itself.");
    public static DiagnosticCode TimeoutsDisagree { get; } = Warning(4012, "Timeouts disagree", "A shorter total makes the longer part meaningless.");
    public static DiagnosticCode PrivateAddress { get; } = Error(4013, "Private address without permission", "Calls to loopback, private and link-local addresses are refused unless the provider says allowPrivateNetwork: true.");
    public static DiagnosticCode BadListen { get; } = Error(4014, "Not a listen address", "An address and a port: 127.0.0.1:8080, [::1]:8080, 0.0.0.0:8080 or :8080 (all interfaces).");
    public static DiagnosticCode HalfTls { get; } = Error(4015, "TLS half configured", "TLS needs both a certificate and its key.");
    public static DiagnosticCode BadHash { get; } = Error(4016, "Not a key hash", "A hash is 64 hexadecimal digits: HMAC-SHA-256 of the secret under this installation's key. 'secret: { fromEnv: NAME }' needs none.");

    public static DiagnosticCode OneWayToAuthenticate { get; } = Error(4017, "More than one way to authenticate", "A provider has one of credential, auth and credentials.");
    public static DiagnosticCode AuthIncomplete { get; } = Error(4018, "Authentication lacks a setting", "The source of the credential needs a setting that is not given.");
    public static DiagnosticCode BadPem { get; } = Error(4019, "Not usable PEM", "The file holds no certificate, or no private key that fits it, in PEM.");
    public static DiagnosticCode AuthUnused { get; } = Warning(4020, "Setting without effect", "The setting belongs to another source of credentials than the one named.");
    public static DiagnosticCode BadExpression { get; } = Error(4022, "Not a usable condition", "The expression is not well formed, uses a name that does not exist, mixes types, is not a condition, or could take too long. See the reference of expressions.");
    public static DiagnosticCode EmptyRange { get; } = Error(4023, "A range that holds nothing", "The lower bound is above the upper.");
    public static DiagnosticCode BadParameter { get; } = Error(4024, "Not a parameter that a route may set", "It is the client's to say, or has a setting of its own that fits every dialect.");

    public static DiagnosticCode BadLabel { get; } = Error(4030, "Not a usable label", "Names of labels have lower-case letters, digits, '-', '_' and '.', 64 at most; values are 1 to 128 printable ASCII characters without a comma.");

    public static DiagnosticCode BadPin { get; } = Error(4021, "Not a usable pin", "A pin is sha256/ and the base64 of the SHA-256 of a certificate's subjectPublicKeyInfo (RFC 7469), and needs an https address. 'openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64' prints what follows the slash.");

    public static DiagnosticCode PoolAddress { get; } = Error(4040, "An address beside a pool", "The endpoints of a pool are its addresses: a base URL of the provider or of one of its dialects has no place beside them.");
    public static DiagnosticCode PoolKind { get; } = Error(4041, "No pool of this kind", "A pool is made of servers of one's own. A cloud's service balances its load itself.");
    public static DiagnosticCode PoolPaths { get; } = Error(4042, "Endpoints with different paths", "Any endpoint of a pool can take any call, so their base URLs must have the same path.");
    public static DiagnosticCode EndpointTwice { get; } = Warning(4043, "The same endpoint twice", "Calls are shared by load, not by how often a server is named.");
    public static DiagnosticCode PriorityTwice { get; } = Error(4044, "A value with two priorities", "Each value of the label or header means one priority.");

    public static DiagnosticCode BadStoreAddress { get; } = Error(4050, "Not an address of a shared store", "A host name or address and, unless it is the usual one, a port: redis.internal:6379, [fd00::5]:6379. Not a URL: the password is given by reference, TLS by tls.");
    public static DiagnosticCode PlainStore { get; } = Warning(4051, "Unencrypted connection to a shared store", "The password and what replicas tell each other travel readable. Use tls.");

    /// <summary>All codes in order.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        Syntax, FileTooLarge, TooDeep, TooManyAliases, DuplicateKey, UnknownKey, WrongType, Missing, DuplicateName, NotYet,
        SeveralDocuments, NotAMapping, NotOneOf, BadName, UnsupportedYaml, ExactlyOne, FileUnreadable,
        UnknownProvider, UnknownModel, UnknownTenant, UnknownTeam, RouteCycle, NoTargets, NoCommonDialect, UnknownKind,
        StarWithoutPattern, RouteHidesModel, TeamOfOtherTenant, GrantMatchesNothing, SameTargetTwice, UnknownDialect,
        UnknownPlace, Unreachable, UndeclaredCaller, Impossible, NeverEligible, SamePlanTwice, RouteBehindName, PlanTooLarge, UnpricedByCost, NeverContinued, UnknownIntent,
        EnvironmentMissing, SecretFileUnreadable, LiteralSecret, SecretTooShort, DefaultSecret, CredentialMissing, SharedSecret,
        SecretEmpty, SecretNotHeaderSafe,
        BadUrl, PlainHttp, BadDuration, DurationOutOfRange, BadSize, OutOfRange, BadPrice, ExpiredKey, Unpriced, BadTimestamp,
        BadHeader, TimeoutsDisagree, PrivateAddress, BadListen, HalfTls, BadHash, OneWayToAuthenticate, AuthIncomplete, BadPem, AuthUnused, BadPin,
        PoolAddress, PoolKind, PoolPaths, EndpointTwice, PriorityTwice, BadStoreAddress, PlainStore,
        BadExpression, EmptyRange, BadParameter, BadLabel,
    ];

    private static DiagnosticCode Error(int number, string title, string explanation) =>
        new($"WEIR{number}", Severity.Error, title, explanation);

    private static DiagnosticCode Warning(int number, string title, string explanation) =>
        new($"WEIR{number}", Severity.Warning, title, explanation);
}
