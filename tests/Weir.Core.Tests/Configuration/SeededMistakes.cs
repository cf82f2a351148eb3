namespace Weir.Core.Tests.Configuration;

/// <summary>The cases of <see cref="SeededMistakeTests"/>. <c>$PROVIDER</c> is a good provider named openai; <c>$EUROPE</c> two providers
/// and three models, of which one has no price.</summary>
internal static class SeededMistakes
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } = Read("""
        === tab for indentation
        providers:
        	- name: openai # <- WEIR1001
        === unclosed quote
        providers:
          - name: "openai # <- WEIR1001
        === unclosed bracket
        models: [ # <- WEIR1001
        === two documents
        server: {}
        --- # <- WEIR1011
        server: {}
        === a list at the top
        - name: openai # <- WEIR1012
        === text at the top
        hello # <- WEIR1012
        === misspelt top-level key
        provider: # <- WEIR1006
          - name: openai
        === misspelt nested keys
        providers:
          - name: openai
            kind: openai
            credental: {fromEnv: OPENAI_API_KEY} # <- WEIR1006
            credential: {fromEnv: OPENAI_API_KEY}
            timeouts:
              firstTokn: 10s # <- WEIR1006
        === key given twice
        providers:
          - name: openai
            kind: openai
            kind: anthropic # <- WEIR1005
            credential: {fromEnv: OPENAI_API_KEY}
        === text for a list
        providers: openai # <- WEIR1007
        === mapping for a list
        providers:
          openai: {kind: openai} # <- WEIR1007
        === list for text
        providers:
          - name: openai
            kind: [openai] # <- WEIR1007
            credential: {fromEnv: OPENAI_API_KEY}
        === text for a mapping
        server: yes # <- WEIR1007
        === text for a boolean
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            allowPrivateNetwork: yes # <- WEIR1007
        === quoted number
        server:
          limits:
            maxJsonDepth: "64" # <- WEIR1007
        === value missing
        providers:
          - name: openai
            kind: # <- WEIR1007
            credential: {fromEnv: OPENAI_API_KEY}
        === entry without a name
        providers:
          - kind: openai # <- WEIR1008
            credential: {fromEnv: OPENAI_API_KEY}
        === provider without a kind
        providers:
          - name: openai # <- WEIR1008
        === target without a provider
        models:
          - name: gpt
            targets:
              - model: gpt-5 # <- WEIR1008
        === route without match and model
        routes:
          - name: r # <- WEIR1008
        === provider named twice
        $PROVIDER
          - {name: openai, kind: openai, credential: {fromEnv: OPENAI_API_KEY}} # <- WEIR1009
        === key named twice in one tenant
        keys:
          - {name: app, secret: {fromEnv: APP_KEY}}
          - {name: app, secret: {fromEnv: OTHER_KEY}} # <- WEIR1009
        === reserved lists
        budgets: [] # <- WEIR1010
        guards: # <- WEIR1010
          - name: pii
        mcpServers: {} # <- WEIR1010
        === secret from Kubernetes
        providers:
          - name: openai
            kind: openai
            credential:
              fromSecret: {name: x, key: y} # <- WEIR1010
        === unknown word
        server:
          protocols: http3 # <- WEIR1013
        telemetry:
          logLevel: verbose # <- WEIR1013
        === name with a space
        providers:
          - name: my openai # <- WEIR1014
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
        === star in the middle
        $PROVIDER
        models:
          - name: gpt-*-mini # <- WEIR1014
            targets: [{provider: openai, model: gpt-5-mini}]
        === YAML tag
        server: !include other.yaml # <- WEIR1015
        === merge key
        defaults: &d {a: 1} # <- WEIR1006
        server:
          drainTimeout: 10s
        === merge keys are refused
        server:
          <<: {drainTimeout: 10s} # <- WEIR1015
        === alias to nothing
        providers: *nothing # <- WEIR1015
        === both ways to a secret
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY, fromFile: key.txt} # <- WEIR1016
        === no way to a secret
        providers:
          - name: openai
            kind: openai
            credential: {} # <- WEIR1016
        === key with neither secret nor hash
        keys:
          - name: app # <- WEIR1016
        === unknown provider
        $PROVIDER
        models:
          - name: gpt
            targets:
              - provider: opnai # <- WEIR2001
                model: gpt-5
        === route to an unknown model
        $PROVIDER
        models:
          - {name: gpt-5, targets: [{provider: openai}]}
        routes:
          - name: r
            match: {models: [fast]}
            model: gpt-6 # <- WEIR2002
        === unknown tenant
        teams:
          - name: red
            tenant: acme # <- WEIR2003
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            tenant: acne # <- WEIR2003
        === unknown team
        teams: [{name: blue}]
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            team: blu # <- WEIR2004
        === routes in a circle
        routes:
          - name: one
            match: {models: [a]}
            model: b # <- WEIR2005
          - name: two
            match: {models: [b]}
            model: a # <- WEIR2005
        === model without targets
        models:
          - name: gpt
            targets: [] # <- WEIR2006
        === chat and embeddings in one model
        $PROVIDER
          - {name: vectors, kind: openai-compatible, baseUrl: "https://v.example.com/v1", dialects: {openai-embeddings: }}
          - {name: claude, kind: anthropic, credential: {fromEnv: ANTHROPIC_API_KEY}}
        models:
          - name: mixed
            targets: # <- WEIR2007
              - {provider: vectors, model: a}
              - {provider: claude, model: b}
        === unknown kind
        providers:
          - name: openai
            kind: openia # <- WEIR2008
            credential: {fromEnv: OPENAI_API_KEY}
        === star without a pattern
        $PROVIDER
        models:
          - name: gpt
            targets:
              - provider: openai
                model: gpt-* # <- WEIR2009
        === route with the name of a model
        $PROVIDER
        models:
          - {name: gpt-5, targets: [{provider: openai}]}
        routes:
          - name: r
            match:
              models:
                - gpt-5 # <- WEIR2010
            model: gpt-5
        === two routes for one name
        $PROVIDER
        models:
          - {name: gpt-5, targets: [{provider: openai}]}
        routes:
          - {name: r, match: {models: [fast]}, model: gpt-5}
          - {name: s, match: {models: [fast]}, model: gpt-5} # <- WEIR2010
        === team of another tenant
        tenants: [{name: acme}]
        teams: [{name: red, tenant: acme}]
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            tenant: default
            team: red # <- WEIR2011
        === grant that matches nothing
        $PROVIDER
        models:
          - {name: gpt-5, targets: [{provider: openai}]}
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            models:
              - gpt-5
              - gpt5 # <- WEIR2012
              - gpt-*
        === same target twice
        $PROVIDER
        models:
          - name: gpt-5
            targets:
              - provider: openai
              - provider: openai # <- WEIR2013
        === unknown dialect
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: https://x.example.com/v1
            dialects:
              openai-chats: # <- WEIR2014
        === region where nothing is
        $EUROPE
        routes:
          - name: r
            require: {regions: [eu-*, us-west-2]} # <- WEIR2015 WEIR2015
          - name: s
            region: westeuropa # <- WEIR2015
            model: gpt-5
          - name: t
            match: {workload: x}
            require: {residency: [ch], regions: [eu-*]} # <- WEIR2015 WEIR2015
        === place where nothing is kept
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            require: {residency: [eu, ch]} # <- WEIR2015
        === provider allowed that does not exist
        $EUROPE
        routes:
          - name: r
            require:
              providers: {allow: [azure-*], deny: [opnai]} # <- WEIR2001 WEIR2001
        === route after one that takes everything
        $EUROPE
        routes:
          - {name: all, model: gpt-5}
          - {name: late, match: {teams: []}, model: gpt-5} # <- WEIR2016
        === branch after one without a condition
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan:
              conditional:
                - plan: gpt-5
                - {when: request.stream, plan: mini} # <- WEIR2016
        === tenant and team that are not declared
        $EUROPE
        tenants: [{name: acme}]
        routes:
          - name: r
            match:
              tenants: [acme, acne] # <- WEIR2017
              teams: [red] # <- WEIR2017
            model: gpt-5
        === requirement that no target meets
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan: mini
            require: # <- WEIR2018
              regions: [westeurope]
        === requirement of a plan that nobody described
        $EUROPE
        routes:
          - name: r
            match: {models: [gpt-5]}
            require: # <- WEIR2018
              retention: 30d
        === short form that no target meets
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            primary: mini
            region: westeurope # <- WEIR2018
        === model that the requirements rule out
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            require: {regions: [westeurope]}
            plan:
              fallback:
                - gpt-5
                - mini # <- WEIR2019
        === same model twice in a list
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan:
              priority:
                - gpt-5
                - mini
                - gpt-5 # <- WEIR2020
        === name of a route with requirements
        $EUROPE
        routes:
          - {name: r, match: {models: [fast]}, model: gpt-5, require: {regions: [westeurope]}}
          - name: s
            match: {workload: x}
            plan: fast # <- WEIR2021
        === unpriced model in a choice by cost
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan:
              choice:
                by: cost
                among:
                  - gpt-5
                  - house # <- WEIR2023
                  - mini
        === unpriced model ordered by cost
        $EUROPE
          - name: any
            by: cost
            targets:
              - {provider: openai, model: gpt-5}
              - {provider: eu, model: house-1} # <- WEIR2023
        === mistakes in conditions
        $EUROPE
        routes:
          - name: r
            match:
              when: request.input_tokens > "x" # <- WEIR4022
            model: gpt-5
          - name: s
            match:
              when: 'caller.tennant == "acme"' # <- WEIR4022
            plan:
              conditional:
                - {when: request.model, plan: gpt-5} # <- WEIR4022
                - {when: "request.stream &&", plan: gpt-5} # <- WEIR4022
        === ranges that hold nothing
        $EUROPE
        routes:
          - name: r
            match:
              inputTokens: {min: 10, max: 9} # <- WEIR4023
              difficulty: {min: 0.6, max: 0.5} # <- WEIR4023
            set:
              temperature: {min: 1, max: 0.5} # <- WEIR4023
            model: gpt-5
        === parameters that have a place of their own
        $EUROPE
        routes:
          - name: r
            set:
              parameters:
                top_p: 0.9
                temperature: 1 # <- WEIR4024
                model: x # <- WEIR4024
            model: gpt-5
        === percentages and weights out of range
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan:
              split:
                percent: 120 # <- WEIR4006
                to: gpt-5
                rest:
                  weighted: # <- WEIR4006
                    - {weight: 0, plan: gpt-5}
                    - {weight: 0, plan: mini}
          - name: s
            match: {workload: y}
            plan:
              mirror:
                percent: 5% # <- WEIR1007
                to: gpt-5
                plan: mini
        === nodes that are not one
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan: {fallback: [gpt-5], priority: [mini]} # <- WEIR1016
          - name: s
            match: {workload: y}
            plan: {} # <- WEIR1016
          - name: t
            match: {workload: z}
            plan: {fallback: []} # <- WEIR1008
        === two ways to say one thing
        $EUROPE
        routes:
          - name: r
            match: {workload: x, labels: {workload: [y]}} # <- WEIR1016
            model: gpt-5
            primary: mini # <- WEIR1016
            maxTokens: 10 # <- WEIR1016
            set: {maxTokens: 11}
            region: westeurope # <- WEIR1016
            require: {regions: [westeurope]}
          - name: s
            match: {workload: z}
            fallback: gpt-5 # <- WEIR1008
            model: mini
        === unknown capability and policies of a later version
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            require: {capabilities: [tool]} # <- WEIR1013
            policies: {limits: [a]} # <- WEIR1010
            model: gpt-5
        === plan that leads in a circle
        $EUROPE
        routes:
          - name: a
            match: {models: [one]}
            plan:
              fallback:
                - gpt-5
                - two # <- WEIR2005
          - name: b
            match: {models: [two]}
            plan: {weighted: [{plan: one}, {plan: mini}]} # <- WEIR2005
        === dangling names everywhere
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan:
              choice:
                by: balanced
                among:
                  - gpt-6 # <- WEIR2002
            contextFallback: larg # <- WEIR2002
            contentFallback: none-such # <- WEIR2002
        === plan that grows without end
        $EUROPE
        routes:
          - {name: a, match: {models: [a]}, plan: {fallback: [b, {priority: [b]}, {priority: [b]}, {priority: [b]}, {priority: [b]}, {priority: [b]}]}} # <- WEIR2022
          - {name: b, match: {models: [b]}, plan: {fallback: [c, {priority: [c]}, {priority: [c]}, {priority: [c]}, {priority: [c]}, {priority: [c]}]}} # <- WEIR2022
          - {name: c, match: {models: [c]}, plan: {fallback: [d, {priority: [d]}, {priority: [d]}, {priority: [d]}, {priority: [d]}, {priority: [d]}]}}
          - {name: d, match: {models: [d]}, plan: {fallback: [e, {priority: [e]}, {priority: [e]}, {priority: [e]}, {priority: [e]}, {priority: [e]}]}}
          - {name: e, match: {models: [e]}, plan: {fallback: [gpt-5, {priority: [gpt-5]}, {priority: [gpt-5]}, {priority: [gpt-5]}, {priority: [gpt-5]}, {priority: [mini]}]}}
        === alias that is taken
        $EUROPE
          - name: one
            aliases: [best, gpt-5] # <- WEIR1009
            targets: [{provider: openai, model: gpt-5}]
          - name: two
            aliases: [best] # <- WEIR1009
            targets: [{provider: openai, model: gpt-5}]
          - name: any-*
            aliases: [anything] # <- WEIR2009
            targets: [{provider: openai, model: "*"}]
        === access said twice
        $EUROPE
          - name: one
            access: internal
            listed: false # <- WEIR1016
            targets: [{provider: openai, model: gpt-5}]
        === variable not set
        providers:
          - name: openai
            kind: openai
            credential:
              fromEnv: OPENAI_KEY # <- WEIR3001
        === secret file missing
        providers:
          - name: openai
            kind: openai
            credential:
              fromFile: /run/secrets/none # <- WEIR3002
        === literal credential
        providers:
          - name: openai
            kind: openai
            credential: sk-proj-Zm9vYmFy1234567890 # <- WEIR3003
        === shell-style credential
        providers:
          - name: openai
            kind: openai
            credential: ${OPENAI_API_KEY} # <- WEIR3003
        === api key under its usual name
        providers:
          - name: openai
            kind: openai
            apiKey: abc # <- WEIR3003
            credential: {fromEnv: OPENAI_API_KEY}
        === secret in a header
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            headers:
              Authorization: whatever # <- WEIR3003
        === secret in a free header
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            headers:
              x-extra: sk-ant-api03-Zm9vYmFy1234567890 # <- WEIR3003
        === password in a URL
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: https://user:pass@x.example.com/v1 # <- WEIR3003
        === literal virtual key
        keys:
          - name: app
            secret: hunter2 # <- WEIR3003
        === key too short
        keys:
          - name: app
            secret: {fromEnv: SHORT} # <- WEIR3004
        === placeholder
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: DEFAULT} # <- WEIR3005
        === no credential
        providers:
          - name: openai # <- WEIR3006
            kind: openai
        === two keys with one secret
        keys:
          - name: a
            secret: {fromEnv: APP_KEY}
          - name: b
            secret: {fromEnv: APP_KEY} # <- WEIR3007
        === empty variable
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: EMPTY} # <- WEIR3008
        === secret with spaces
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: SPACED} # <- WEIR3009
        === URL without a scheme
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: api.example.com/v1 # <- WEIR4001
        === URL with a query
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: https://api.example.com/v1?key=1 # <- WEIR4001
        === no base URL
        providers:
          - name: x # <- WEIR1008
            kind: openai-compatible
        === plain http to a public host
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: http://api.example.com/v1 # <- WEIR4002
        === duration without a unit
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            timeouts: {connect: 10} # <- WEIR4003
        === duration out of range
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            timeouts:
              connect: 1h # <- WEIR4004
        === not a size
        server:
          limits:
            maxBody: 64 megabytes # <- WEIR4005
        === number out of range
        server:
          limits:
            maxJsonDepth: 100000 # <- WEIR4006
            maxBody: 4GiB # <- WEIR4006
        === price with a sign, in text, and none
        prices:
          - name: a
            model: gpt-x
            input: -1 # <- WEIR4007
          - name: b
            model: gpt-*-x # <- WEIR4007
            output: cheap # <- WEIR4007
          - name: c # <- WEIR4007
            model: gpt-y
        === expired key
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            expiresAt: 2025-01-01 # <- WEIR4008
        === time without a zone
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            expiresAt: 2027-01-01T12:00:00 # <- WEIR4010
        === header Weir sets itself
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            headers:
              Content-Length: "5" # <- WEIR4011
              "bad name": x # <- WEIR4011
        === idle longer than total
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            timeouts:
              idle: 10m # <- WEIR4012
              total: 5m
        === private address
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: http://169.254.169.254/v1 # <- WEIR4013
          - name: y
            kind: openai-compatible
            baseUrl: http://[::1]:8000/v1 # <- WEIR4013
        === listen address
        server:
          listen: localhost # <- WEIR4014
          admin: 1.2.3:80 # <- WEIR4014
        === shared port
        server:
          listen: :9000
          admin: 127.0.0.1:9000 # <- WEIR4014
        === half TLS
        server:
          tls: # <- WEIR4015
            minVersion: "1.3"
        === a pin of the wrong kind
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: https://x.example.com/v1
            tls:
              pins:
                - sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                - sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA= # <- WEIR4021
                - sha256/AAAA # <- WEIR4021
        === a pin in the clear
        providers:
          - name: x
            kind: openai-compatible
            baseUrl: http://127.0.0.1:8000/v1
            allowPrivateNetwork: true
            tls:
              pins: [sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=] # <- WEIR4021
        === bad hash
        keys:
          - name: app
            hash: abcdef # <- WEIR4016
        === two ways to authenticate
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            auth: {google: {source: metadata}} # <- WEIR4017
        === half a signature
        providers:
          - name: aws
            kind: bedrock
            region: eu-central-1
            auth:
              aws: {source: static, accessKeyId: {fromEnv: OPENAI_API_KEY}} # <- WEIR4018
        === a signature for no region
        providers:
          - name: aws
            kind: bedrock
            baseUrl: https://bedrock.example.com
            auth:
              aws: {source: environment} # <- WEIR4018
        === a setting of another source
        providers:
          - name: aws
            kind: bedrock
            region: eu-central-1
            auth:
              aws:
                source: environment
                profile: work # <- WEIR4020
        === authorities that are none
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            tls:
              caBundle: {fromFile: empty.pem} # <- WEIR4019
        === labels that no header could carry
        $PROVIDER
        keys:
          - name: app
            secret: {fromEnv: APP_KEY}
            labels:
              Workload: support # <- WEIR4030
              tier: "a, b" # <- WEIR4030
            allowLabels: [sensitivity, "region="] # <- WEIR4030
        === intents that nobody declared
        $EUROPE
        intents:
          - {name: refund, examples: [give me my money back]}
        signals:
          difficulty:
            strong: gpt-5
            weak: minni # <- WEIR2002
        routes:
          - name: a
            match:
              intents: [refnd] # <- WEIR2030
            plan: house
        === many at once
        providers:
          - name: openai
            kind: openay # <- WEIR2008
            baseUrl: nowhere # <- WEIR4001
            credential: {fromEnv: NOT_THERE} # <- WEIR3001
            color: blue # <- WEIR1006
        models:
          - name: a
            targets:
              - {provider: anthropic, model: x} # <- WEIR2001
              - {provider: openai, model: x, maxOutputTokens: 0} # <- WEIR4006
        keys:
          - {name: k, secret: {fromEnv: SHORT}, team: t} # <- WEIR3004 WEIR2004
        """);

    private static List<(string, string)> Read(string text) =>
        [.. ("\n" + text.ReplaceLineEndings("\n")).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c.Split('\n', 2)).Select(p => (p[0], p[1] + "\n"))];
}
