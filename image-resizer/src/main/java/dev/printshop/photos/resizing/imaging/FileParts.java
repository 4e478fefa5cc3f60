package dev.printshop.photos.resizing.imaging;

import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Ranges of a file, one after the other, as the input of a reader. Parts that a reader does not need for the pixels are
 * omitted, so that text, thumbnails, profiles and further pictures can neither fill the memory nor cause the reader to
 * fail. No byte is copied.
 */
final class FileParts {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] bytes, int from, int length, long position) {

        long end() {
            return position + length;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private long length;

    /** Adds a range: the bytes from {@code from} up to but not including {@code end}. */
    @SuppressWarnings("ReferenceEquality") // ranges join only if they are of one array
    FileParts add(byte[] bytes, int from, int end) {
        if (end <= from) {
            return this;
        }
        Part last = parts.isEmpty() ? null : parts.getLast();
        if (last != null && last.bytes == bytes && last.from + last.length == from) {
            parts.set(parts.size() - 1, new Part(bytes, last.from, end - last.from, last.position));
        } else {
            parts.add(new Part(bytes, from, end - from, length));
        }
        length += end - from;
        return this;
    }

    /** Adds a whole array. */
    FileParts add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /** A stream of all parts, from the first byte on. */
    ImageInputStream open() {
        return new Input();
    }

    private final class Input extends ImageInputStreamImpl {
        private int current;

        @Override
        public int read() {
            bitOffset = 0;
            if (streamPos >= length) {
                return -1;
            }
            Part part = partAt(streamPos);
            int value = part.bytes[part.from + (int) (streamPos - part.position)] & 0xff;
            streamPos++;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            bitOffset = 0;
            if (wanted == 0) {
                return 0;
            }
            if (streamPos >= length) {
                return -1;
            }
            Part part = partAt(streamPos);
            int count = (int) Math.min(wanted, part.end() - streamPos);
            System.arraycopy(part.bytes, part.from + (int) (streamPos - part.position), target, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return length;
        }

        private Part partAt(long position) {
            Part part = parts.get(current);
            while (position >= part.end()) {
                part = parts.get(++current);
            }
            while (position < part.position) {
                part = parts.get(--current);
            }
            return part;
        }
    }
}
