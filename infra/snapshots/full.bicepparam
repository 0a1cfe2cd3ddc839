using '../main.bicep'

// Everything that can be asked for at once: sign-in, mail, workflows, alerts on emergency accounts, a lock.
param environmentName = 'parc'
param location = 'westeurope'
param deployedOn = '2026-01-31'
param emergencyAccounts = 'bg-one@contoso.onmicrosoft.com; 22222222-2222-4222-8222-222222222222'
param accountCategories = '33333333-3333-4333-8333-333333333333=shared'
param exposedUsersGroup = '44444444-4444-4444-8444-444444444444'
param productionSubscriptions = '55555555-5555-4555-8555-555555555555'
param workstationFilter = 'device.extensionAttribute1 -eq "PAW"'
param roadmapStart = '2026-01-31'
param retentionDays = 800
param entra = true
param readers = '66666666-6666-4666-8666-666666666666'
param operators = '11111111-1111-4111-8111-111111111111'
param hookHosts = 'hooks.contoso.com'
param alertEmails = 'security@contoso.com soc@contoso.com'
param signInWorkspaceId = '/subscriptions/55555555-5555-4555-8555-555555555555/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/entra'
param allowedAddressRanges = '203.0.113.0/24, 198.51.100.7, 2001:db8::/32, LogicApps'
param deploymentAddressRanges = '203.0.113.9, AzureCloud'
param lockHistory = true
param storageSku = 'Standard_GRS'
param warmInstances = 1
param logicApps = 'weekly-report,regression-card,new-administrator-ticket,attestation-approval'
param workflowState = 'Enabled'
param workflowMailTo = 'board@contoso.com,ciso@contoso.com'
param teamsGroupId = '77777777-7777-4777-8777-777777777777'
param teamsChannelId = '19:channel@thread.tacv2'
param approver = 'ciso@contoso.com'
param graphGranted = false
