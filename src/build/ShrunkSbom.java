import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Lets the bill of materials say of the shrunk libraries what is shipped: the hashes of the staged files, and in the pedigree
 * those of the library that they were made of. A step of the build, run from source.
 */
public final class ShrunkSbom {

    private static final String NOTES = "shrunk with ProGuard to the classes that PARC reaches; nothing was renamed or optimised";

    private ShrunkSbom() {}

    /** @param args the bill, which is not written offline; the libraries of the staged app; the folder with the shrunk ones */
    public static void main(String[] args) throws Exception {
        Path bill = Path.of(args[0]);
        if (!Files.exists(bill)) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(bill.toFile());
        int shrunk = 0;
        for (JsonNode part : tree.path("components")) {
            String jar = part.path("name").asText() + "-" + part.path("version").asText() + ".jar";
            if (Files.exists(Path.of(args[2], jar))) {
                describe((ObjectNode) part, Files.readAllBytes(Path.of(args[1], jar)));
                shrunk++;
            }
        }
        if (shrunk == 0) {
            throw new IllegalStateException("the bill of materials names none of the libraries that were shrunk");
        }
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Files.writeString(bill, mapper.writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                .writeValueAsString(tree));
    }

    private static void describe(ObjectNode part, byte[] staged) throws Exception {
        if (!part.has("pedigree")) {
            ObjectNode whole = part.objectNode();
            for (String property : new String[] {"type", "group", "name", "version", "hashes", "purl"}) {
                whole.set(property, part.path(property).deepCopy());
            }
            part.putObject("pedigree").put("notes", NOTES).putArray("ancestors").add(whole);
        }
        for (JsonNode hash : part.path("hashes")) {
            byte[] digest = MessageDigest.getInstance(hash.path("alg").asText()).digest(staged);
            ((ObjectNode) hash).put("content", HexFormat.of().formatHex(digest));
        }
    }
}
