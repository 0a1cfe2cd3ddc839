import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/**
 * Shrinks the SDK of Microsoft Graph to what PARC's own classes reach, and puts it into the staged app in the place of the
 * whole: a step of the build, run from source.
 *
 * <p>ProGuard decides what is reached, from PARC's bytecode. So that it need not parse 40,000 classes for some two hundred,
 * it is given the classes that PARC names, what is declared inside them and all of kiota; then every reference that is left
 * must lead somewhere, and where one does not, its class is added and it is done again. Nothing is listed by hand.
 *
 * <p>It fails where a name is looked up when the program runs, in what is left of the SDK or by PARC: shrinking sees only
 * what is referred to. It does nothing but copy while neither the SDK nor what PARC refers to has changed.
 */
public final class ShrinkSdk {

    private static final List<String> SDK = List.of("microsoft-graph-", "microsoft-kiota-");
    private static final Pattern SDK_CLASS = Pattern.compile("com/microsoft/(graph|kiota)/[\\w/$]+");
    private static final Pattern SDK_NAME = Pattern.compile("com[./]microsoft[./](graph|kiota)[./][\\w./$]+");
    private static final int MOST_ROUNDS = 10;

    /** What looks a class, a member or a resource up by its name. */
    private static final Pattern REFLECTION = Pattern.compile("java/util/ServiceLoader\\.load"
            + "|java/lang/Class\\.(forName|newInstance|get(Declared)?(Methods?|Fields?|Constructors?|Classes)|getResource.*)"
            + "|java/lang/ClassLoader\\.(loadClass|getResource.*)"
            + "|java/lang/reflect/(Method\\.invoke|Constructor\\.newInstance|Proxy\\.newProxyInstance)"
            + "|java/lang/invoke/MethodHandles\\$Lookup\\.(find|unreflect).*");

    private final Path classes;
    private final Path work;
    private final Path library;
    private final List<Path> sdk = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();

    private ShrinkSdk(Path classes, String classPath, Path work, Path library) {
        this.classes = classes;
        this.work = work;
        this.library = library;
        for (String entry : new TreeSet<>(List.of(classPath.split(File.pathSeparator)))) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) {
                (SDK.stream().anyMatch(jar.getFileName().toString()::startsWith) ? sdk : others).add(jar);
            }
        }
    }

    /** What a class file refers to. */
    private record ClassFile(Set<String> classes, Set<String> members, Set<String> descriptors, Set<String> texts) {

        static ClassFile read(byte[] bytes) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            in.readInt();
            in.readInt();
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            int[][] entries = new int[count][];
            for (int index = 1; index < count; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[index] = in.readUTF();
                    case 3, 4 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        index++;
                    }
                    case 7, 8, 16, 19, 20 -> entries[index] = new int[] {tag, in.readUnsignedShort()};
                    case 9, 10, 11, 12, 17, 18 ->
                        entries[index] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    default -> throw new IOException("constant of unknown kind " + tag);
                }
            }
            ClassFile file = new ClassFile(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            for (int[] entry : entries) {
                if (entry == null) {
                    continue;
                }
                switch (entry[0]) {
                    case 7 -> file.classes.add(texts[entry[1]].replaceAll("^\\[+L?|;$", ""));
                    case 8 -> file.texts.add(texts[entry[1]]);
                    case 9, 10, 11 -> {
                        int[] type = entries[entry[2]];
                        file.members.add(texts[entries[entry[1]][1]] + "." + texts[type[1]] + texts[type[2]]);
                    }
                    case 12 -> file.descriptors.add(texts[entry[2]]);
                    case 16 -> file.descriptors.add(texts[entry[1]]);
                    default -> {
                        // says nothing of a class
                    }
                }
            }
            return file;
        }

        /** The SDK's classes that it names, in code or in a type. */
        Set<String> ofSdk() {
            Set<String> found = new TreeSet<>();
            Stream.of(classes, members, descriptors).flatMap(Set::stream).forEach(text -> {
                Matcher names = SDK_CLASS.matcher(text);
                while (names.find()) {
                    found.add(names.group());
                }
            });
            return found;
        }
    }

    /** @param args PARC's classes, its class path, where to work, and the libraries of the staged app */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        String did = new ShrinkSdk(Path.of(args[0]), args[1], Path.of(args[2]), Path.of(args[3])).run();
        System.out.printf("%s in %d ms%n", did, (System.nanoTime() - start) / 1_000_000);
    }

    private String run() throws Exception {
        Map<Path, ClassFile> users = users();
        String inputs = digest(users);
        Path stamp = work.resolve("inputs.sha256");
        boolean current = Files.exists(stamp) && Files.readString(stamp).equals(inputs)
                && sdk.stream().allMatch(jar -> Files.exists(shrunk(jar)));
        if (!current) {
            Files.createDirectories(work);
            Files.deleteIfExists(stamp);
            shrink(users);
            Files.writeString(stamp, inputs);
        }
        for (Path jar : sdk) {
            Files.copy(shrunk(jar), library.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return current ? "the SDK of Graph is shrunk already, copied" : "the SDK of Graph shrunk and copied";
    }

    private Path shrunk(Path jar) {
        return work.resolve(jar.getFileName());
    }

    /** PARC's classes that refer to the SDK. */
    private Map<Path, ClassFile> users() throws IOException {
        Map<Path, ClassFile> users = new HashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".class")).sorted().toList()) {
                ClassFile read = ClassFile.read(Files.readAllBytes(file));
                read.texts().stream().filter(text -> SDK_NAME.matcher(text).matches()).findFirst().ifPresent(text -> {
                    throw new IllegalStateException(file + " has the name " + text
                            + " as a text: what is looked up by name is shrunk away; refer to the class");
                });
                if (!read.ofSdk().isEmpty()) {
                    users.put(file, read);
                }
            }
        }
        return users;
    }

    /** Of the jars, of what PARC refers to in them, and of this program. */
    private String digest(Map<Path, ClassFile> users) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path jar : sdk) {
            digest.update(Files.readAllBytes(jar));
        }
        Set<String> references = new TreeSet<>();
        users.values().forEach(user -> {
            references.addAll(user.ofSdk());
            user.members().stream().filter(member -> SDK_CLASS.matcher(member).find()).forEach(references::add);
        });
        digest.update(references.toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(Path.of("src/build/ShrinkSdk.java")));
        return HexFormat.of().formatHex(digest.digest());
    }

    private void shrink(Map<Path, ClassFile> users) throws Exception {
        Set<String> wanted = new TreeSet<>();
        users.values().forEach(user -> wanted.addAll(user.ofSdk()));
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            proguard(users.keySet(), wanted);
            Set<String> missing = missing();
            if (missing.isEmpty()) {
                load();
                return;
            }
            if (!wanted.addAll(missing)) {
                throw new IllegalStateException("the shrunk SDK refers to what is not there: " + missing);
            }
        }
        throw new IllegalStateException("the SDK refers to more and more of itself; give ProGuard the whole of it");
    }

    private void proguard(Set<Path> users, Set<String> wanted) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("-injars " + quoted(classes) + "(" + String.join(",", users.stream()
                .map(file -> classes.relativize(file).toString().replace('\\', '/')).sorted().toList()) + ")");
        lines.add("-outjars " + quoted(work.resolve("parc.jar")));
        for (Path jar : sdk) {
            String filter = jar.getFileName().toString().startsWith(SDK.get(0))
                    ? String.join(",", wanted.stream()
                            .filter(name -> name.startsWith("com/microsoft/graph/"))
                            .map(name -> name + ".class," + name + "$*.class").toList())
                    : "com/microsoft/**.class";
            lines.add("-injars " + quoted(jar) + "(" + filter + ")");
            lines.add("-outjars " + quoted(shrunk(jar)));
        }
        for (Path jar : others) {
            String name = jar.getFileName().toString();
            if (name.startsWith("opentelemetry-") || name.startsWith("std-uritemplate-")) {
                lines.add("-libraryjars " + quoted(jar) + "(!META-INF/**)");
            }
        }
        lines.add("-libraryjars <java.home>/jmods/java.base.jmod(java/**.class)");
        lines.addAll(List.of("-forceprocessing", "-dontoptimize", "-dontobfuscate", "-ignorewarnings", "-dontnote **",
                "-dontwarn **", "-keep class dev.parc.** { *; }"));
        Path file = work.resolve("shrink.pro");
        Files.write(file, lines);
        Configuration configuration = new Configuration();
        try (ConfigurationParser parser = new ConfigurationParser(file.toFile(), System.getProperties())) {
            parser.parse(configuration);
        }
        new ProGuard(configuration).execute();
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath() + "'";
    }

    /** The SDK's classes to which what is left of it refers, and which are not left. */
    private Set<String> missing() throws IOException {
        Set<String> left = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (Path jar : sdk) {
            try (ZipFile zip = new ZipFile(shrunk(jar).toFile())) {
                for (ZipEntry entry : zip.stream().filter(it -> it.getName().endsWith(".class")).toList()) {
                    String name = entry.getName().replace(".class", "");
                    left.add(name);
                    ClassFile file = ClassFile.read(bytes(zip, entry));
                    file.members().stream().filter(member -> REFLECTION.matcher(member.replaceAll("\\(.*", "")).matches())
                            .findFirst().ifPresent(member -> {
                                throw new IllegalStateException(name + " calls " + member
                                        + ": what is looked up by name is shrunk away");
                            });
                    file.classes().stream().filter(it -> SDK_CLASS.matcher(it).matches()).forEach(named::add);
                    file.members().stream().map(member -> member.substring(0, member.indexOf('.')))
                            .filter(it -> SDK_CLASS.matcher(it).matches()).forEach(named::add);
                }
            }
        }
        named.removeAll(left);
        return named;
    }

    /** Verifies every class that is left, as the virtual machine does it where PARC runs. */
    private void load() throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(classes.toUri().toURL());
        for (Path jar : sdk) {
            urls.add(shrunk(jar).toUri().toURL());
        }
        for (Path jar : others) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (Path jar : sdk) {
                try (ZipFile zip = new ZipFile(shrunk(jar).toFile())) {
                    for (ZipEntry entry : zip.stream().filter(it -> it.getName().endsWith(".class")).toList()) {
                        Class.forName(entry.getName().replace(".class", "").replace('/', '.'), true, loader);
                    }
                }
            }
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
