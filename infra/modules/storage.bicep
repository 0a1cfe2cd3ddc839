// The storage account: package, host state, queues and results. No keys, no anonymous reads, TLS 1.2.
param name string
param location string
param tags object
param subnetId string
param publicNetworkAccess string
param sku string
param lock bool

var deploymentContainerName = 'deployments'
var queueNames = [
  'parc-deliveries'
  'parc-deliveries-poison'
  'parc-runs'
  'parc-runs-poison'
  'parc-runs-unreadable'
]
var tableNames = [
  'ParcAccounts'
  'ParcAttestations'
  'ParcChanges'
  'ParcFindings'
  'ParcHistory'
  'ParcHooks'
  'ParcParts'
  'ParcResults'
  'ParcRuns'
  'ParcSeries'
  'ParcWaivers'
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: publicNetworkAccess
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: empty(subnetId) ? 'Allow' : 'Deny'
      virtualNetworkRules: empty(subnetId) ? [] : [{ id: subnetId, action: 'Allow' }]
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobs
  name: deploymentContainerName
  properties: { publicAccess: 'None' }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [for queue in queueNames: {
  parent: queueService
  name: queue
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [for table in tableNames: {
  parent: tableService
  name: table
}]

// deleting the account, or the group it is in, takes whoever removes the lock first
resource historyLock 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'parc-history'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the history of PARC. docs/deploy.md, Remove.'
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
output deploymentContainer string = deployments.name
