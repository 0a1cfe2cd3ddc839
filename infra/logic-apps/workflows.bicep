// Sample workflows that work with PARC: docs/logic-apps.md. Each is off until its connections are signed in, and may do nothing
// until its identity has the role Operator of PARC's app registration (api-registration.bicep).
targetScope = 'resourceGroup'

@description('Region of the workflows.')
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags object = {}

@description('Which workflows to deploy, separated by commas: weekly-report, regression-card, new-administrator-ticket, attestation-approval.')
param names string = 'weekly-report,regression-card,new-administrator-ticket,attestation-approval'

@description('Address of PARC, like https://<app>.azurewebsites.net.')
param parcAddress string

@description('Application ID URI of the app registration of PARC, for which the workflows get tokens.')
param parcAudience string = 'api://${tenant().tenantId}/parc-${uniqueString(resourceGroup().id)}'

@description('Mail addresses of the weekly report, separated by semicolons.')
param mailTo string = ''

@description('Id of the team, and of its channel, in which regressions are posted.')
param teamsGroupId string = ''
param teamsChannelId string = ''

@description('Mail address of the person who vouches, the item, and the number of its statement.')
param approver string = ''
param checkId string = 'S2-15'
param statement int = 1

@description('Whether the workflows run: Enabled once their connections are signed in and their identities have the role Operator.')
@allowed(['Enabled', 'Disabled'])
param state string = 'Disabled'

var wanted = map(split(names, ','), name => trim(name))
var parc = {
  parcAddress: { value: parcAddress }
  parcAudience: { value: parcAudience }
}

module office365 'connection.bicep' = if (contains(wanted, 'weekly-report') || contains(wanted, 'attestation-approval')) {
  name: 'parc-office365'
  params: {
    name: 'parc-office365'
    api: 'office365'
    displayName: 'PARC: mail'
    location: location
    tags: tags
  }
}

module teams 'connection.bicep' = if (contains(wanted, 'regression-card')) {
  name: 'parc-teams'
  params: {
    name: 'parc-teams'
    api: 'teams'
    displayName: 'PARC: Teams'
    location: location
    tags: tags
  }
}

module serviceNow 'connection.bicep' = if (contains(wanted, 'new-administrator-ticket')) {
  name: 'parc-service-now'
  params: {
    name: 'parc-service-now'
    api: 'service-now'
    displayName: 'PARC: tickets'
    location: location
    tags: tags
  }
}

module weeklyReport 'workflow.bicep' = if (contains(wanted, 'weekly-report')) {
  name: 'parc-weekly-report'
  params: {
    name: 'parc-weekly-report'
    location: location
    tags: tags
    definition: loadJsonContent('weekly-report.json')
    values: union(parc, { mailTo: { value: mailTo } })
    state: state
    connections: { office365: office365!.outputs.value }
  }
}

module regressionCard 'workflow.bicep' = if (contains(wanted, 'regression-card')) {
  name: 'parc-regression-card'
  params: {
    name: 'parc-regression-card'
    location: location
    tags: tags
    definition: loadJsonContent('regression-card.json')
    values: union(parc, { teamsGroupId: { value: teamsGroupId }, teamsChannelId: { value: teamsChannelId } })
    state: state
    connections: { teams: teams!.outputs.value }
  }
}

module newAdministratorTicket 'workflow.bicep' = if (contains(wanted, 'new-administrator-ticket')) {
  name: 'parc-new-administrator-ticket'
  params: {
    name: 'parc-new-administrator-ticket'
    location: location
    tags: tags
    definition: loadJsonContent('new-administrator-ticket.json')
    values: parc
    state: state
    connections: { 'service-now': serviceNow!.outputs.value }
  }
}

module attestationApproval 'workflow.bicep' = if (contains(wanted, 'attestation-approval')) {
  name: 'parc-attestation-approval'
  params: {
    name: 'parc-attestation-approval'
    location: location
    tags: tags
    definition: loadJsonContent('attestation-approval.json')
    values: union(parc, { approver: { value: approver }, checkId: { value: checkId }, statement: { value: statement } })
    state: state
    connections: { office365: office365!.outputs.value }
  }
}

output PARC_WORKFLOW_PRINCIPALS array = concat(
  contains(wanted, 'weekly-report') ? [weeklyReport!.outputs.principalId] : [],
  contains(wanted, 'regression-card') ? [regressionCard!.outputs.principalId] : [],
  contains(wanted, 'new-administrator-ticket') ? [newAdministratorTicket!.outputs.principalId] : [],
  contains(wanted, 'attestation-approval') ? [attestationApproval!.outputs.principalId] : [])
