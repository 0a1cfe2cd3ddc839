// Alerts on the lines that the app logs on purpose; they begin with "parc-event " and go on in JSON.
import { items } from 'lists.bicep'

param location string
param tags object
param workspaceId string
param emails string
@description('Day of this deployment, like 2026-01-31: what takes time to happen is not missed before it can be there.')
param deployedOn string

var addresses = items(emails)
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
  }
  {
    name: 'parc-new-global-administrator'
    title: 'PARC: a new Global Administrator'
    description: 'Somebody holds Global Administrator who did not in the run before.'
    severity: 1
    query: '${events} | where tostring(Event.event) == "new-global-administrator"'
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    name: 'parc-stage-overdue'
    title: 'PARC: a stage was not run when it should have been'
    description: 'The newest run of a stage is older than its schedule allows. docs/operations.md says where to look.'
    severity: 2
    query: '${events} | where tostring(Event.event) == "stage-overdue" | summarize arg_max(TimeGenerated, *) by Stage = tostring(Event.stage)'
    every: 'P1D'
    over: 'P1D'
  }
  {
    name: 'parc-not-assessed'
    title: 'PARC: most items could not be assessed'
    description: 'A run ended, but more than half of its items were not assessed. GET /api/health?deep=true says which permission is missing.'
    severity: 2
    query: '${events} | where tostring(Event.event) == "run-finished" | extend NotAssessed = toint(Event.counts.NOT_ASSESSED), Assessed = toint(Event.counts.PASS) + toint(Event.counts.FAIL) + toint(Event.counts.REVIEW) + toint(Event.counts.NOT_APPLICABLE) | where NotAssessed > Assessed and now() > datetime(${deployedOn}) + 2d'
    every: 'P1D'
    over: 'P1D'
  }
  {
    name: 'parc-silent'
    title: 'PARC: no run was finished for two days'
    description: 'Timers or the app do not work. docs/operations.md says where to look.'
    severity: 2
    query: '${events} | where tostring(Event.event) == "run-finished" | summarize Runs = count() | where Runs == 0 and now() > datetime(${deployedOn}) + 3d'
    every: 'P1D'
    over: 'P2D'
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
          operator: 'GreaterThan'
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

output actionGroups array = empty(addresses) ? [] : [mail.id]
