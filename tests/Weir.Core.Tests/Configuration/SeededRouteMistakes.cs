namespace Weir.Core.Tests.Configuration;

/// <summary>The cases about routes. <c>$EUROPE</c> is two providers and three models, of which one has no price.</summary>
internal static class SeededRouteMistakes
{
    public const string Text = """
        === region where nothing is
        $EUROPE
        routes:
          - name: r
            require: {regions: [eu-*, us-west-2]} # <- WEIR2015 WEIR2015 WEIR2018
          - name: s
            region: westeuropa # <- WEIR2015 WEIR2018
            model: gpt-5
          - name: t
            match: {workload: x}
            require: {residency: [ch], regions: [westeurope]} # <- WEIR2015 WEIR2018
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
        === continuation that nobody could give
        $EUROPE
        routes:
          - name: r
            match: {workload: x}
            plan: {fallback: [gpt-5, mini]}
            attempts:
              continue: true # <- WEIR2024
        === continuation with nobody else
        $EUROPE
          - {name: claude, targets: [{provider: openai, model: gpt-5, capabilities: [prefill]}]}
        routes:
          - name: r
            match: {models: [claude]}
            attempts:
              continue: true # <- WEIR2024
        === continuation without a second attempt
        $EUROPE
          - {name: claude, targets: [{provider: openai, model: gpt-5, capabilities: [prefill]}]}
        routes:
          - name: r
            match: {workload: x}
            plan: {fallback: [gpt-5, claude]}
            attempts:
              max: 1
              continue: true # <- WEIR2024
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

        """;
}
