/// The CustomResourceDefinition of OpenMetricsRule, as `Deploy/crd.yaml` has it.
enum OpenMetricsRuleDefinition {
  static let text = #"""
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: openmetricsrules.open-metrics.vgs.io
    spec:
      group: open-metrics.vgs.io
      scope: Namespaced
      names:
        kind: OpenMetricsRule
        listKind: OpenMetricsRuleList
        plural: openmetricsrules
        singular: openmetricsrule
        shortNames: [omr]
      versions:
        - name: v1
          served: true
          storage: true
          subresources:
            status: {}
          additionalPrinterColumns:
            - { name: Tenants, type: string, jsonPath: .spec.tenants }
            - { name: Valid, type: string, jsonPath: '.status.conditions[?(@.type=="Valid")].status' }
            - { name: Synced, type: string, jsonPath: '.status.conditions[?(@.type=="Synced")].status' }
            - { name: Reason, type: string, jsonPath: '.status.conditions[?(@.type=="Synced")].reason' }
            - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
          schema:
            openAPIV3Schema:
              description: Rule groups, and the tenants whose ruler has them.
              type: object
              required: [spec]
              properties:
                apiVersion: { type: string }
                kind: { type: string }
                metadata: { type: object }
                spec:
                  type: object
                  required: [tenants]
                  properties:
                    description: { type: string, maxLength: 4096 }
                    tenants:
                      description: Every one of them gets every group, and may receive series.
                      type: array
                      minItems: 1
                      maxItems: 1000
                      x-kubernetes-list-type: set
                      items:
                        type: string
                        minLength: 1
                        maxLength: 150
                        pattern: "^[A-Za-z0-9!_.*'()-]+$"
                    groups:
                      type: array
                      maxItems: 200
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [name]
                      items:
                        type: object
                        required: [name]
                        # What rulers know beside this, such as source_tenants, goes where the group goes.
                        x-kubernetes-preserve-unknown-fields: true
                        properties:
                          name: { type: string, minLength: 1, maxLength: 180 }
                          interval:
                            type: string
                            maxLength: 64
                            pattern: "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"
                          query_offset:
                            type: string
                            maxLength: 64
                            pattern: "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"
                          limit: { type: integer, minimum: 0 }
                          labels:
                            type: object
                            maxProperties: 64
                            additionalProperties: { type: string }
                          rules:
                            description: They are evaluated in this order.
                            type: array
                            maxItems: 1000
                            x-kubernetes-list-type: atomic
                            items:
                              type: object
                              required: [expr]
                              x-kubernetes-preserve-unknown-fields: true
                              x-kubernetes-validations:
                                - rule: has(self.record) != has(self.alert)
                                  message: a rule has either record or alert
                                # In CEL the field for is called __for__, because for is a word of the language.
                                - rule: "!has(self.record) || (!has(self.__for__) && !has(self.keep_firing_for) && !has(self.annotations))"
                                  message: a recording rule has neither for, keep_firing_for nor annotations
                              properties:
                                record: { type: string, maxLength: 1024 }
                                alert: { type: string, maxLength: 1024 }
                                expr: { x-kubernetes-int-or-string: true }
                                for:
                                  type: string
                                  maxLength: 64
                                  pattern: "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"
                                keep_firing_for:
                                  type: string
                                  maxLength: 64
                                  pattern: "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"
                                labels:
                                  type: object
                                  maxProperties: 64
                                  additionalProperties: { type: string }
                                annotations:
                                  type: object
                                  maxProperties: 64
                                  additionalProperties: { type: string }
                status:
                  type: object
                  properties:
                    ruler_updated:
                      description: Whether all groups of this generation are in the ruler of all tenants.
                      type: boolean
                    observedGeneration: { type: integer, format: int64 }
                    conditions:
                      type: array
                      maxItems: 16
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [type]
                      items:
                        type: object
                        required: [type, status]
                        properties:
                          type: { type: string, maxLength: 64 }
                          status: { type: string, enum: ["True", "False", Unknown] }
                          reason: { type: string }
                          message: { type: string }
                          lastTransitionTime: { type: string, format: date-time }
                          observedGeneration: { type: integer, format: int64 }
                    sync:
                      description: How every group of every tenant stands.
                      type: array
                      maxItems: 1000
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [tenant, rulerNamespace, group]
                      items:
                        type: object
                        required: [tenant, rulerNamespace, group]
                        properties:
                          tenant: { type: string }
                          rulerNamespace: { type: string }
                          group: { type: string }
                          hash: { type: string }
                          state: { type: string }
                          reason: { type: string }
                          message: { type: string }
                          lastTransitionTime: { type: string, format: date-time }
                          observedGeneration: { type: integer, format: int64 }

    """#
}
