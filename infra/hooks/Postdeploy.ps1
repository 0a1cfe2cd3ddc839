# After azd has deployed the app: the same as postdeploy.sh.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Continue'

$principal = $env:PARC_PRINCIPAL_ID
# what an upgrade leaves until the app has moved: the identity that it still reads as
$readsAs = if ($env:PARC_PREVIOUS_PRINCIPAL_ID) { $env:PARC_PREVIOUS_PRINCIPAL_ID } else { $principal }
$address = $env:PARC_ADDRESS
$audience = $env:PARC_API_AUDIENCE
$grant = "infra/Grant-Permissions.ps1 -Principal $principal -Azure -Elevate"
$daily = 'The app runs by itself every day at 05:00 UTC.'

# answers hold names of the tenant: nothing of them may steer the terminal
function Get-Visible {
    param($Text)

    "$Text" -replace '\p{Cc}', ''
}
function Stop-Here {
    $args[0]
    ''
    if ($audience) { "The report: $address/api/report" }
    else { "The report: curl -H `"x-functions-key: KEY`" $address/api/report > report.html" }
    exit 0
}

if (-not $principal -or -not $address) {
    'No run is started: the deployment left no PARC_PRINCIPAL_ID and PARC_ADDRESS. Run: azd provision'
    exit 0
}

# what az prints as JSON; nothing if it is refused, and then why is in $script:words
$script:words = ''
function Get-Answer {
    $lines = az @args -o json 2>&1
    $text = @($lines | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }) -join "`n"
    if ($LASTEXITCODE -eq 0 -and $text) { return ConvertFrom-Json -InputObject $text }
    $script:words = Get-Visible ((@($lines | ForEach-Object { "$_" }) -join ' '))
    $script:words = $script:words.Substring(0, [Math]::Min(300, $script:words.Length))
}

# a run before the first grant would fetch a token without permissions, which is kept for up to a day; an app that waits for
# the grant asks no token, and answers what needs none
$waits = $env:PARC_GRAPH_GRANTED -eq 'false'
$cloud = Get-Answer cloud show
if (-not $cloud) {
    Stop-Here @("No run is started: the Azure CLI does not answer: $script:words", 'Sign in with az login; the app runs by itself every day at 05:00 UTC.')
}
$graph = $cloud.endpoints.microsoftGraphResourceId.TrimEnd('/')
$held = Get-Answer rest --method get --url "$graph/v1.0/servicePrincipals/$readsAs/appRoleAssignments?`$select=id"
if (-not $held -and -not $waits) { Stop-Here @("No run is started: what the app's identity holds cannot be read: $script:words", $daily) }
$nothing = $held -and -not $held.value
if ($nothing -and $env:PARC_APP_ID) { $grant += " -App $env:PARC_APP_ID" }
$whoGrants = 'A Privileged Role Administrator or Global Administrator runs this, and PARC answers the rest from its next run on:', "  $grant"
if ($nothing -and -not $waits) {
    Stop-Here @(@('PARC holds no permission of Microsoft Graph, so no run is started: its token would be kept without any for up to a day.') +
        $whoGrants + 'For what can be answered without: azd provision, which sees that nothing is granted.')
}
if ($nothing) { 'PARC holds no permission of Microsoft Graph yet. It answers what needs none.' }

$scratch = $null
if (-not $audience) {
    if (-not $env:PARC_OPERATOR_KEY) {
        if ($nothing) { $whoGrants }
        Stop-Here @("No run is started: it takes an operator's key. $daily",
            'docs/deploy.md, Who may call it, makes one. For a run now, set PARC_OPERATOR_KEY to the key and run: azd hooks run postdeploy')
    }
    $scratch = New-TemporaryFile
    if (-not $IsWindows) { chmod 600 $scratch.FullName }
    ConvertTo-Json @{ 'x-functions-key' = $env:PARC_OPERATOR_KEY } -Compress | Set-Content -Path $scratch.FullName -NoNewline
}
# the command line shows to every user of the machine, so the key comes from a file; a token the Azure CLI gets by itself
function Get-Api {
    param([string] $Method, [string] $Path, [string[]] $More = @())

    $who = if ($audience) { '--resource', $audience } else { '--headers', "@$($scratch.FullName)", '--skip-authorization-header' }
    Get-Answer rest --method $Method --url "$address/api/$Path" @More @who
}

try {
    $pause = if ($env:PARC_RETRY_SECONDS) { [int] $env:PARC_RETRY_SECONDS } else { 15 }
    for ($tries = 12; -not ($begun = Get-Api post runs @('--body', '{}')); ) {
        $tries--
        if ($tries -le 0) { Stop-Here @("No run could be started: $script:words", $daily) }
        'waiting      until the app answers'
        Start-Sleep -Seconds $pause
    }
    $run = $begun.runId
    "Run $run has begun."
    $last = ''
    $pause = if ($env:PARC_POLL_SECONDS) { [int] $env:PARC_POLL_SECONDS } else { 5 }
    for ($polls = 180; ; ) {
        $document = Get-Api get "runs/$run"
        $state = if ($document) { $document.state } else { '' }
        if ($state -eq 'DONE') { break }
        if ($state -eq 'FAILED') {
            Stop-Here @("The run failed: $(Get-Visible $document.reason)", 'What to do: docs/operations.md, Runs fail')
        }
        $polls--
        if ($polls -le 0) { Stop-Here "The run is not done yet; it goes on without this. Later: $address/api/runs/$run" }
        $progress = if ($document) { Get-Visible $document.progress } else { '' }
        if ($progress -and $progress -ne $last) {
            "  $progress"
            $last = $progress
        }
        Start-Sleep -Seconds $pause
    }
    ''
    'Where you stand:'
    foreach ($stage in $document.position.stages) {
        '  {0,-3} {1} open: {2}' -f $stage.stage, $stage.open, (Get-Visible $stage.words)
    }
    $place = 0
    foreach ($action in $document.position.nextActions | Select-Object -First 3) {
        if ($place -eq 0) { 'What to do first:' }
        $place++
        "  $place. $($action.checkId) $(Get-Visible $action.title)"
        "     $(Get-Visible $action.what)"
    }
    $unseen = @($document.results | Where-Object { $_.outcome -eq 'NOT_ASSESSED' })
    if ($unseen) {
        "Not assessed: $($unseen.Count)"
        $unseen | Select-Object -First 5 | ForEach-Object { "  $($_.checkId) $(Get-Visible $_.summary)" }
        if ($unseen.Count -gt 5) { "  and $($unseen.Count - 5) more, in the report" }
        if ($nothing) { $whoGrants }
        else {
            'If a permission is missing, a Global Administrator repairs it with this line:'
            "  $grant"
        }
    }
    Stop-Here @()
}
finally { if ($scratch) { Remove-Item $scratch.FullName } }
