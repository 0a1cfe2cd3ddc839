// Tells within minutes that an emergency access account signed in, by the workspace that receives the sign-in logs of Entra ID.
// docs/checks/BG-01.md says what PARC expects of such a rule, and recognises this one.
import { items } from 'lists.bicep'

param location string
param tags object
param workspaceId string
param accounts string
param actionGroups array

var names = map(items(accounts), account => toLower(account))
var quoted = join(map(names, account => '"${replace(replace(account, '\\', '\\\\'), '"', '\\"')}"'), ', ')

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'parc-emergency-sign-in'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'PARC: an emergency access account signed in'
    description: 'Nobody signs in with such an account unless everything else has failed, or to test it. Ask at once who it was.'
    enabled: true
    severity: 0
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: false
    criteria: {
      allOf: [
        {
          query: 'SigninLogs | where UserId in~ (${quoted}) or UserPrincipalName in~ (${quoted})'
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
    actions: { actionGroups: actionGroups }
  }
}
