package dev.parc.collect;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text as people's programs write it into files: UTF-8 with or without a byte order mark, or UTF-16 as Windows PowerShell
 * writes it, in either order of bytes. Every file that PARC takes from somebody is read so.
 */
public final class WrittenText {

    private WrittenText() {}

    /** The text of a file's bytes, without its byte order mark. */
    public static String of(byte[] bytes) {
        int first = bytes.length > 0 ? bytes[0] & 0xff : -1;
        int second = bytes.length > 1 ? bytes[1] & 0xff : -1;
        if (first == 0xef && second == 0xbb && bytes.length > 2 && (bytes[2] & 0xff) == 0xbf) {
            return text(bytes, 3, StandardCharsets.UTF_8);
        }
        if (first == 0xff && second == 0xfe) {
            return text(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (first == 0xfe && second == 0xff) {
            return text(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (first > 0 && second == 0) { // what PARC takes begins with a character of ASCII
            return text(bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (first == 0 && second > 0) {
            return text(bytes, 0, StandardCharsets.UTF_16BE);
        }
        return text(bytes, 0, StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }
}
