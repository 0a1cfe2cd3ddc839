package dev.parc.infra;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.infra.GrantPermissionsTest.Ran;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PowerShell from the path. It takes seconds to start, so one process runs script after script. */
final class PowerShell {

    /** Reads what to run a line, and says at the end of its output how it went. */
    private static final String HOST = """
            while ($line = [Console]::In.ReadLine()) {
                $call = ConvertFrom-Json $line -AsHashtable
                Get-ChildItem env: | Where-Object Name -like 'PARC_*' | Remove-Item
                foreach ($name in $call.environment.Keys) { Set-Item "env:$name" $call.environment[$name] }
                Remove-Module Az.Accounts -Force -ErrorAction SilentlyContinue
                $env:PSModulePath = $call.modules
                Import-Module Az.Accounts
                $parameters = $call.parameters
                $global:LASTEXITCODE = 0
                try { & $call.script @parameters | ForEach-Object { [Console]::Out.WriteLine("$_") } }
                catch { [Console]::Out.WriteLine("$_"); $global:LASTEXITCODE = if ("$_" -like '*parameter*') { 2 } else { 1 } }
                [Console]::Out.WriteLine("--ended-- $global:LASTEXITCODE")
            }
            """;

    private static final String END = "--ended-- ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable Process host;
    private static @Nullable BufferedReader said;

    private PowerShell() {}

    static boolean isHere() {
        return command().isPresent();
    }

    static Optional<Path> command() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "pwsh"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a script.
     *
     * @param modules the folder of the modules that it needs
     * @param options of the shell script: {@code --dry-run} is passed as {@code -DryRun}
     */
    static synchronized Ran run(Path script, Path modules, Map<String, String> environment, String... options)
            throws IOException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i++) {
            String name =
                    GrantPermissionsTest.Language.POWERSHELL.option(options[i]).substring(1);
            boolean valued = i + 1 < options.length && !options[i + 1].startsWith("--");
            parameters.put(name, valued ? options[++i] : name.equals("Set") ? "" : (Object) true);
        }
        Process process = host;
        BufferedReader reader = said;
        if (process == null || reader == null) {
            Path file = Files.createTempFile("parc", ".ps1");
            Files.writeString(file, HOST);
            file.toFile().deleteOnExit();
            process = new ProcessBuilder(
                            command().orElseThrow().toString(),
                            "-NoProfile",
                            "-NonInteractive",
                            "-File",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            Process started = process;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
            reader = process.inputReader(StandardCharsets.UTF_8);
            host = process;
            said = reader;
        }
        OutputStream in = process.getOutputStream();
        in.write((JSON.writeValueAsString(Map.of(
                                "script",
                                script.toString(),
                                "modules",
                                modules.toString(),
                                "environment",
                                environment,
                                "parameters",
                                parameters))
                        + "\n")
                .getBytes(StandardCharsets.UTF_8));
        in.flush();
        StringBuilder output = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(END)) {
                return new Ran(Integer.parseInt(line.substring(END.length())), output.toString());
            }
            output.append(line).append('\n');
        }
        throw new IOException("PowerShell ended: " + output);
    }
}
