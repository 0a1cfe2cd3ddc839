# Runs PARC on a desk from its sources; builds it first if there is no build, or if a source is newer than the build. A release has its own launcher, which builds nothing.
$root = $PSScriptRoot
function Stop-Parc([string] $message) {
    [Console]::Error.WriteLine("parc: $message")
    exit 2
}
$java = $null
if ($env:JAVA_HOME) {
    $java = @('bin/java', 'bin/java.exe') | ForEach-Object { Join-Path $env:JAVA_HOME $_ } | Where-Object { Test-Path $_ } | Select-Object -First 1
}
if (-not $java) {
    $java = (Get-Command java -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
}
if (-not $java) { Stop-Parc 'needs a JDK, version 17 or newer; install one or set JAVA_HOME' }
$app = Join-Path $root 'target/azure-functions/parc'
function Get-Jar { Get-ChildItem -Path $app -Filter 'parc-*.jar' -ErrorAction SilentlyContinue | Select-Object -First 1 }
$jar = Get-Jar
$newer = $jar -and (Get-ChildItem -Recurse -File -Path (@('pom.xml', 'host.json', 'src/main', 'docs/checks') | ForEach-Object { Join-Path $root $_ }) |
        Where-Object { $_.LastWriteTimeUtc -gt $jar.LastWriteTimeUtc } | Select-Object -First 1)
if (-not $jar -or $newer) {
    $maven = (Get-Command mvn -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
    if (-not $maven) { Stop-Parc 'needs Apache Maven to build itself; install it and try again, or use a release' }
    [Console]::Error.WriteLine('parc: building, which takes a minute or two the first time')
    Push-Location $root
    try { & $maven -q -B '-Dmaven.test.skip=true' '-Dspotless.check.skip=true' package | ForEach-Object { [Console]::Error.WriteLine($_) } } finally { Pop-Location }
    if ($LASTEXITCODE) { Stop-Parc 'the build failed; see the lines above' }
    $jar = Get-Jar
    if (-not $jar) { Stop-Parc "the build left no application in $app" }
    $jar.LastWriteTimeUtc = [DateTime]::UtcNow # what is unchanged keeps its old time, and would be built again and again
}
$options = @(
    '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'
    "-Dparc.out.terminal=$("$(-not [Console]::IsOutputRedirected)".ToLowerInvariant())"
    "-Dparc.err.terminal=$("$(-not [Console]::IsErrorRedirected)".ToLowerInvariant())"
    '-classpath', (@($jar.FullName, (Join-Path $app 'lib/*'), (Join-Path $root 'target/desk/*')) -join [IO.Path]::PathSeparator), 'dev.parc.cli.Main')
$before = [Console]::OutputEncoding
try {
    [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false # what PARC writes
    & $java @options @args
    $code = $LASTEXITCODE
} finally {
    [Console]::OutputEncoding = $before
}
exit $code
