// One workflow of Logic Apps (Consumption) with an identity of its own. It stays off until its connections are signed in
// and somebody switches it on with the parameter state, which a later deployment then leaves on.
param name string
param location string
param tags object
param definition object
param values object
param connections object = {}

@allowed(['Enabled', 'Disabled'])
param state string

var withConnections = empty(connections) ? {} : { '$connections': { value: connections } }

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    state: state
    definition: definition
    parameters: union(values, withConnections)
  }
}

output principalId string = workflow.identity.principalId
