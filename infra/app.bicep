// Everything that PARC needs inside one resource group.
targetScope = 'resourceGroup'

@description('Region of all resources; it must offer the Flex Consumption plan.')
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags object = {}

@description('Object ids or sign-in names of the emergency access accounts, separated by commas.')
param emergencyAccounts string = ''

@description('What accounts are for where PARC cannot tell: a list of <object id>=<category>.')
param accountCategories string = ''

@description('Object id of the group of highly exposed users.')
param exposedUsersGroup string = ''

@description('Ids of the subscriptions that host production, separated by spaces or commas.')
param productionSubscriptions string = ''

@description('Device filter rule by which Conditional Access knows a privileged access workstation.')
param workstationFilter string = ''

@description('Day on which the roadmap was begun, like 2026-01-31; gives each stage its deadline.')
param roadmapStart string = ''

@description('SHA-256 digests, in hexadecimal, of keys that may read; only where App Service authentication is off.')
param readerKeys string = ''

@description('SHA-256 digests, in hexadecimal, of keys that may also write; only where App Service authentication is off.')
param operatorKeys string = ''

@description('Hosts, beside those of Logic Apps, to which change events may be delivered.')
param hookHosts string = ''

@description('How many days runs are kept.')
@minValue(1)
@maxValue(36500)
param retentionDays int = 400

@description('When each stage is run: NCRONTAB, six fields, UTC.')
param stage1Schedule string = '0 0 5 * * *'
param stage2Schedule string = '0 30 5 * * 1'
param stage3Schedule string = '0 0 6 * * 1'
param stage4Schedule string = '0 30 6 * * 1'
param breakGlassSchedule string = '0 30 4 * * *'

@description('Mail addresses that alerts go to, separated by commas; without any, alerts only show in the portal.')
param alertEmails string = ''

@description('Client id of the app registration that callers get tokens for; empty: function keys guard the API.')
param apiClientId string = ''

@description('Address ranges that may call the API, like 203.0.113.0/24, separated by commas; empty: everybody may try.')
param allowedAddressRanges string = ''

@description('Resource id of a subnet, delegated to Microsoft.App/environments, that the app sends through; empty: none.')
param subnetId string = ''

@description('Whether the storage account answers outside of private endpoints that you made yourself.')
@allowed(['Enabled', 'Disabled'])
param storagePublicNetworkAccess string = 'Enabled'

@description('How the storage account is replicated; not every region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param storageSku string = 'Standard_LRS'

@description('Microsoft Graph of the tenant; by default that of the cloud deployed to.')
param graphEndpoint string = ''

@description('Sample workflows of Logic Apps to deploy, like weekly-report,regression-card: docs/logic-apps.md; empty: none.')
param logicApps string = ''

@description('Instances kept warm for HTTP calls. Each is billed all month.')
@minValue(0)
@maxValue(5)
param warmInstances int = 0

var token = uniqueString(resourceGroup().id)
var graphOfCloud = {
  AzureCloud: 'https://graph.microsoft.com'
  AzureUSGovernment: 'https://graph.microsoft.us'
  AzureChinaCloud: 'https://microsoftgraph.chinacloudapi.cn'
}

module storage 'modules/storage.bicep' = {
  name: 'parc-storage'
  params: {
    name: 'stparc${token}'
    location: location
    tags: tags
    subnetId: subnetId
    publicNetworkAccess: storagePublicNetworkAccess
    sku: storageSku
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'parc-monitoring'
  params: {
    workspaceName: 'log-parc-${token}'
    insightsName: 'appi-parc-${token}'
    location: location
    tags: tags
  }
}

module functions 'modules/function-app.bicep' = {
  name: 'parc-function-app'
  params: {
    name: 'func-parc-${token}'
    planName: 'plan-parc-${token}'
    location: location
    tags: tags
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    insightsConnection: monitoring.outputs.insightsConnection
    graphEndpoint: empty(graphEndpoint) ? graphOfCloud[environment().name] : graphEndpoint
    emergencyAccounts: emergencyAccounts
    accountCategories: accountCategories
    exposedUsersGroup: exposedUsersGroup
    productionSubscriptions: productionSubscriptions
    workstationFilter: workstationFilter
    roadmapStart: roadmapStart
    readerKeys: readerKeys
    operatorKeys: operatorKeys
    hookHosts: hookHosts
    retentionDays: retentionDays
    stage1Schedule: stage1Schedule
    stage2Schedule: stage2Schedule
    stage3Schedule: stage3Schedule
    stage4Schedule: stage4Schedule
    breakGlassSchedule: breakGlassSchedule
    apiClientId: apiClientId
    allowedAddressRanges: allowedAddressRanges
    subnetId: subnetId
    warmInstances: warmInstances
  }
}

module access 'modules/access.bicep' = {
  name: 'parc-access'
  params: {
    principalId: functions.outputs.principalId
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module diagnostics 'modules/diagnostics.bicep' = {
  name: 'parc-diagnostics'
  params: {
    workspaceId: monitoring.outputs.workspaceId
    appName: functions.outputs.name
    storageName: storage.outputs.name
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'parc-alerts'
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    emails: alertEmails
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'parc-workbook'
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

module workflows 'logic-apps/workflows.bicep' = if (!empty(logicApps)) {
  name: 'workflows'
  params: {
    location: location
    tags: tags
    names: logicApps
    parcAddress: functions.outputs.address
    mailTo: replace(alertEmails, ',', ';')
  }
}

output appName string = functions.outputs.name
output address string = functions.outputs.address
output principalId string = functions.outputs.principalId
output tables string = storage.outputs.tableEndpoint
