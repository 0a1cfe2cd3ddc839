// Private endpoints of the storage account, with the DNS zones that lead to them. Zones that a network has already are named by
// their resource group; no second ones are made then.
param storageId string
param location string
param tags object
param subnetId string
param zonesResourceGroupId string

var services = ['blob', 'queue', 'table']
var networkId = split(subnetId, '/subnets/')[0]
var ownZones = empty(zonesResourceGroupId)
var zoneNames = [for service in services: 'privatelink.${service}.${environment().suffixes.storage}']

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for zone in zoneNames: if (ownZones) {
  name: zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (zone, index) in zoneNames: if (ownZones) {
  parent: zones[index]
  name: 'parc'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [for service in services: {
  name: 'pe-parc-${service}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: storageId
          groupIds: [service]
        }
      }
    ]
  }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (service, index) in services: {
  parent: endpoints[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: service
        properties: {
          privateDnsZoneId: ownZones
            ? resourceId('Microsoft.Network/privateDnsZones', zoneNames[index])
            : '${zonesResourceGroupId}/providers/Microsoft.Network/privateDnsZones/${zoneNames[index]}'
        }
      }
    ]
  }
  dependsOn: [zones[index]]
}]
