using '../main.bicep'

// The storage account answers private endpoints alone, and the app sends through a subnet.
param environmentName = 'parc'
param location = 'westeurope'
param operators = '11111111-1111-4111-8111-111111111111'
param deployedOn = '2026-01-31'
param subnetId = '/subscriptions/55555555-5555-4555-8555-555555555555/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/parc'
param privateEndpointSubnetId = '/subscriptions/55555555-5555-4555-8555-555555555555/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/endpoints'
param storagePublicNetworkAccess = 'Disabled'
