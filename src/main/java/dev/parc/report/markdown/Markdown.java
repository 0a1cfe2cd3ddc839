package dev.parc.report.markdown;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown to HTML and to plain text; in HTML, HTML inside the Markdown is shown as text and links that are no web address lead nowhere. */
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.COMPACT)
            .build();

    private Markdown() {}

    public static String html(String markdown) {
        Node page = PARSER.parse(markdown);
        page.accept(new WithoutPaths());
        return RENDERER.render(page);
    }

    /** Pages link each other by paths of the repository, which lead nowhere from a report: their words stay. */
    private static final class WithoutPaths extends AbstractVisitor {

        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (!link.getDestination().startsWith("https://")) {
                for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                    link.insertBefore(child);
                }
                link.unlink();
            }
        }
    }

    public static String text(String markdown) {
        return TEXT.render(PARSER.parse(markdown));
    }
}
