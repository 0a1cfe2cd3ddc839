// Grants the identity of PARC its application permissions of Microsoft Graph, by a deployment of its own: who runs it needs
// Privileged Role Administrator in the tenant. It never revokes; grant-permissions.sh and Grant-Permissions.ps1 do that too.
extension microsoftGraphV1

@description('Object id of the identity of the function app: the output principalId of app.bicep.')
param principalId string

@description('core, recommended (with core), or optional (with both).')
@allowed(['core', 'recommended', 'optional'])
param set string = 'recommended'

var sets = {
  core: ['core']
  recommended: ['core', 'recommended']
  optional: ['core', 'recommended', 'optional']
}
var appRoles = filter(loadJsonContent('graph-app-roles.json'), role => contains(sets[set], role.set))

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for role in appRoles: {
  appRoleId: role.id
  principalId: principalId
  resourceId: graph.id
}]
