package dev.parc.collect.recording;

import com.microsoft.graph.models.User;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that redaction keeps, from their sources: the models of the whole Graph SDK, and PARC's own readers and questions. */
public final class PublishedWords {

    /** The resource that holds them. */
    public static final Path FILE = Path.of("src/main/resources/dev/parc/collect/recording", KnownWords.RESOURCE);

    private static final Path SOURCES = Path.of("src/main/java/dev/parc");
    private static final List<String> ROOMS = List.of(
            "facts",
            "analysis",
            "query",
            "collect/graph",
            "collect/arm",
            "collect/azure",
            "collect/reading",
            "collect/tenant",
            "collect/http",
            "collect/recording/ReplayWire.java");
    private static final Pattern MODEL =
            Pattern.compile("com/microsoft/graph/models/((?:[a-z0-9]+/)*)([A-Z]\\w*)\\.class");
    private static final Pattern QUESTION =
            Pattern.compile("com/microsoft/graph/[a-z/]+/[A-Z]\\w*PostRequestBody\\.class");
    private static final Pattern NAME = Pattern.compile("@?[A-Za-z][A-Za-z0-9_.]{1,80}");
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*[\\s\\S]*?\\*/|\"\"\"[\\s\\S]*?\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]+");
    private static final Pattern IS_PATTERN = Pattern.compile("[\\\\\\[{^]|\\(\\?");
    private static final int LONGEST = 60;

    private PublishedWords() {}

    /** The whole resource. */
    public static String text() throws IOException {
        Set<String> own = new TreeSet<>();
        Set<String> language = new TreeSet<>();
        for (Path file : sources()) {
            boolean isReader = file.startsWith(SOURCES.resolve("collect"));
            boolean isOfQueries = file.startsWith(SOURCES.resolve("query"));
            for (String literal : literals(Files.readString(file))) {
                if (literal.length() <= LONGEST
                        && !literal.isBlank()
                        && !IS_PATTERN.matcher(literal).find()) {
                    own.add(literal);
                }
                if (isReader || isOfQueries || literal.indexOf(' ') < 0 || literal.contains("(?")) {
                    Matcher word = WORD.matcher(literal);
                    while (word.find()) {
                        language.add(word.group());
                    }
                }
            }
        }
        Set<String> published = published();
        own.removeAll(published);
        language.removeAll(published);
        language.removeAll(own);
        return "[PUBLISHED]\n" + String.join("\n", published) + "\n[OWN]\n" + String.join("\n", own) + "\n[LANGUAGE]\n"
                + String.join("\n", language) + "\n";
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(SOURCES.resolve(room))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources.stream().sorted().toList();
    }

    private static Set<String> literals(String source) {
        Set<String> literals = new TreeSet<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            if (token.group(1) != null) {
                literals.add(token.group(1).replaceAll("\\\\[nrt]", " ").replaceAll("\\\\(.)", "$1"));
            }
        }
        return literals;
    }

    private static Set<String> published() throws IOException {
        Set<String> words = new TreeSet<>();
        try (JarFile sdk = new JarFile(sdk())) {
            for (Enumeration<JarEntry> entries = sdk.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                Matcher model = MODEL.matcher(entry.getName());
                if (model.matches()) {
                    String type = model.group(2);
                    words.add("#microsoft.graph." + model.group(1).replace('/', '.')
                            + Character.toLowerCase(type.charAt(0)) + type.substring(1));
                    try (InputStream stream = sdk.getInputStream(entry)) {
                        constants(new DataInputStream(stream), words);
                    }
                } else if (QUESTION.matcher(entry.getName()).matches()) {
                    try (InputStream stream = sdk.getInputStream(entry)) {
                        constants(new DataInputStream(stream), words);
                    }
                }
            }
        }
        return words;
    }

    private static File sdk() throws IOException {
        try {
            return new File(User.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** The text constants of a class: names of properties in a model, values in an enumeration. Source: the JVM specification, 4.4. */
    private static void constants(DataInputStream file, Set<String> words) throws IOException {
        file.readInt();
        file.readInt();
        int size = file.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        Set<Integer> strings = new TreeSet<>();
        for (int index = 1; index < size; index++) {
            int tag = file.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, file.readUTF());
                case 8 -> strings.add(file.readUnsignedShort());
                case 7, 16, 19, 20 -> file.skipBytes(2);
                case 15 -> file.skipBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> file.skipBytes(4);
                case 5, 6 -> {
                    file.skipBytes(8);
                    index++;
                }
                default -> throw new IOException("a constant of kind " + tag);
            }
        }
        strings.stream()
                .map(texts::get)
                .filter(text -> NAME.matcher(text).matches())
                .forEach(words::add);
    }
}
