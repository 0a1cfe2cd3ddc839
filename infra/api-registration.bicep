// The app registration that callers of the API get tokens for, with the roles Reader and Operator. Optional; who runs it needs
// Application Administrator in the tenant. Its output clientId is the parameter apiClientId of app.bicep and main.bicep.
extension microsoftGraphV1

@description('Name that administrators see.')
param displayName string = 'PARC API'

@description('Object ids of people, groups or identities that may read answers.')
param readers array = []

@description('Object ids of people, groups or identities that may also start runs and record decisions.')
param operators array = []

var readerRole = guid('parc', 'Reader')
var operatorRole = guid('parc', 'Operator')

resource registration 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'parc-api'
  displayName: displayName
  signInAudience: 'AzureADMyOrg'
  api: { requestedAccessTokenVersion: 2 }
  identifierUris: ['api://${tenant().tenantId}/parc-api']
  appRoles: [
    {
      id: readerRole
      value: 'Reader'
      displayName: 'Reader'
      description: 'Reads answers, history and reports'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: operatorRole
      value: 'Operator'
      displayName: 'Operator'
      description: 'Reads, starts runs, records attestations, waivers and hooks'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
  ]
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: registration.appId
  appRoleAssignmentRequired: true
}

resource readerAssignments 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for reader in readers: {
  appRoleId: readerRole
  principalId: reader
  resourceId: servicePrincipal.id
}]

resource operatorAssignments 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for operator in operators: {
  appRoleId: operatorRole
  principalId: operator
  resourceId: servicePrincipal.id
}]

output clientId string = registration.appId
output audience string = registration.identifierUris[0]
