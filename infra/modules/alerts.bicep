// Alerts on the lines that the app logs on purpose; they begin with "parc-event " and go on in JSON.
param location string
param tags object
param workspaceId string
param emails string

var addresses = filter(map(split(emails, ','), address => trim(address)), address => !empty(address))
var events = 'AppTraces | where Message startswith "parc-event " | extend Event = parse_json(substring(Message, 11))'

// a query and what it means; each finds one row a case
var rules = [
  {
    name: 'parc-run-failed'
    title: 'PARC: a run failed'
    description: 'A run was given up, or a message of the queue cannot be read. docs/operations.md says what to do.'
    severity: 2
    query: '${events} | where tostring(Event.event) in ("run-failed", "message-unreadable")'
    every: 'PT15M'
    over: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'parc-new-global-administrator'
    title: 'PARC: a new Global Administrator'
    description: 'Somebody holds Global Administrator who did not in the run before.'
    severity: 1
    query: '${events} | where tostring(Event.event) == "new-global-administrator"'
    every: 'PT15M'
    over: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'parc-silent'
    title: 'PARC: no run was finished for two days'
    description: 'Timers or the app do not work. docs/operations.md says where to look.'
    severity: 2
    query: '${events} | where tostring(Event.event) == "run-finished"'
    every: 'P1D'
    over: 'P2D'
    operator: 'LessThanOrEqual'
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(addresses)) {
  name: 'parc'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'parc'
    emailReceivers: [for (address, index) in addresses: {
      name: 'mail-${index}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: rule.name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.title
    description: rule.description
    enabled: true
    severity: rule.severity
    scopes: [workspaceId]
    evaluationFrequency: rule.every
    windowSize: rule.over
    autoMitigate: false
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: rule.operator
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: { actionGroups: empty(addresses) ? [] : [mail.id] }
  }
}]
