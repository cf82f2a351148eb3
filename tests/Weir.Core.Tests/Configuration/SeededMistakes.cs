namespace Weir.Core.Tests.Configuration;

/// <summary>The cases of <see cref="SeededMistakeTests"/>. <c>$PROVIDER</c> is a good provider named openai.</summary>
internal static class SeededMistakes
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } = Read(SeededRouteMistakes.Text + SeededStoreMistakes.Text + """
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
        === pool beside a base URL
        providers:
          - name: gpu
            kind: vllm
            baseUrl: http://10.0.0.9:8000/v1 # <- WEIR4040
            dialects: {openai-chat: {baseUrl: "http://10.0.0.9/v1"}} # <- WEIR4040
            pool: {endpoints: ["http://10.0.0.1:8000/v1"]}
        === pool with endpoints and dns
        providers:
          - name: gpu
            kind: vllm
            pool:
              endpoints: ["http://10.0.0.1:8000/v1"] # <- WEIR1016
              dns: {name: vllm.local}
        === pool of nothing
        providers:
          - {name: gpu, kind: vllm, pool: {queueLimit: 8}} # <- WEIR1016
          - {name: cpu, kind: vllm, pool: {endpoints: []}} # <- WEIR1008
        === pool of a cloud's service
        providers:
          - name: cloud
            kind: bedrock # <- WEIR4041
            auth: {aws: {source: environment}}
            region: eu-central-1
            pool: {endpoints: ["http://10.0.0.1:8000/v1"]}
        === endpoints of a pool that cannot stand for each other
        providers:
          - name: gpu
            kind: vllm
            pool:
              endpoints:
                - http://10.0.0.1:8000/v1
                - http://10.0.0.2:8000/v2 # <- WEIR4042
                - http://10.0.0.1:8000/v1 # <- WEIR4043
                - ftp://10.0.0.1/ # <- WEIR4001
        === pool whose addresses are not allowed
        providers:
          - name: gpu
            kind: vllm
            allowPrivateNetwork: false
            pool:
              endpoints:
                - http://10.0.0.1:8000/v1 # <- WEIR4013
                - http://gpu.example.com:8000/v1 # <- WEIR4002
        === pool settings out of range
        providers:
          - name: gpu
            kind: vllm
            pool:
              dns: {name: vllm.local, port: 70000, refresh: 10ms} # <- WEIR4006 # <- WEIR4004
              metrics: {engine: vlm, interval: 1ms} # <- WEIR1013 # <- WEIR4004
              affinity: session # <- WEIR1013
              queueLimit: 0 # <- WEIR4006
        === priorities of a pool that contradict each other
        providers:
          - name: gpu
            kind: vllm
            pool:
              endpoints: ["http://10.0.0.1:8000/v1"]
              priorities:
                header: x-priority
                high: [interactive]
                low:
                  - batch
                  - Interactive # <- WEIR4044
        === priorities of a pool that nothing says
        providers:
          - name: gpu
            kind: vllm
            pool:
              endpoints: ["http://10.0.0.1:8000/v1"]
              priorities: {low: [batch]} # <- WEIR1008
        """);

    private static List<(string, string)> Read(string text) =>
        [.. ("\n" + text.ReplaceLineEndings("\n")).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c.Split('\n', 2)).Select(p => (p[0], p[1] + "\n"))];
}
