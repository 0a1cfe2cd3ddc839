// PARC in a subscription of its own choice: a resource group and everything in it. `azd up` deploys this file.
// Whoever may only write to a resource group deploys app.bicep there instead.
targetScope = 'subscription'

@description('Name of the environment; it is part of the name of the resource group.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources; it must offer the Flex Consumption plan.')
@minLength(1)
param location string

@description('Name of the resource group; made if it does not exist.')
param resourceGroupName string = 'rg-${environmentName}'

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

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module app 'app.bicep' = {
  name: 'parc'
  scope: group
  params: {
    location: location
    tags: tags
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
    alertEmails: alertEmails
    apiClientId: apiClientId
    allowedAddressRanges: allowedAddressRanges
    subnetId: subnetId
    storagePublicNetworkAccess: storagePublicNetworkAccess
    storageSku: storageSku
    graphEndpoint: graphEndpoint
    logicApps: logicApps
    warmInstances: warmInstances
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output PARC_APP_NAME string = app.outputs.appName
output PARC_ADDRESS string = app.outputs.address
output PARC_PRINCIPAL_ID string = app.outputs.principalId
output PARC_TABLES string = app.outputs.tables
