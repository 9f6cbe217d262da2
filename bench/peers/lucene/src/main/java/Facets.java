import java.io.IOException;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.OrdinalMap;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.LongValues;

/** Year, subclass and applicant counted in one pass over doc values, by ordinals; the maps of ordinals are made once. */
final class Facets {
    private static final int SHOWN = 10;
    private static final int YEARS = 3_000;

    private interface Name {
        String of(int ordinal) throws IOException;
    }

    private final IndexReader reader;
    private final OrdinalMap subclasses;
    private final OrdinalMap applicants;

    Facets(IndexReader reader) throws IOException {
        this.reader = reader;
        subclasses = MultiDocValues.getSortedSetValues(reader, "subclass")
                        instanceof MultiDocValues.MultiSortedSetDocValues many ? many.mapping : null;
        applicants = MultiDocValues.getSortedValues(reader, "applicant")
                        instanceof MultiDocValues.MultiSortedDocValues many ? many.mapping : null;
    }

    Counting counting() throws IOException {
        return new Counting();
    }

    final class Counting extends SimpleCollector {
        private final SortedSetDocValues allSubclasses = MultiDocValues.getSortedSetValues(reader, "subclass");
        private final SortedDocValues allApplicants = MultiDocValues.getSortedValues(reader, "applicant");
        private final int[] bySubclass = new int[(int) allSubclasses.getValueCount()];
        private final int[] byApplicant = new int[allApplicants.getValueCount()];
        private final int[] byYear = new int[YEARS];
        private SortedSetDocValues ownSubclasses;
        private SortedDocValues ownApplicants;
        private NumericDocValues years;
        private LongValues subclassOrdinals;
        private LongValues applicantOrdinals;

        private Counting() throws IOException {}

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            ownSubclasses = DocValues.getSortedSet(leaf.reader(), "subclass");
            ownApplicants = DocValues.getSorted(leaf.reader(), "applicant");
            years = DocValues.getNumeric(leaf.reader(), "year");
            subclassOrdinals = subclasses == null ? LongValues.IDENTITY : subclasses.getGlobalOrds(leaf.ord);
            applicantOrdinals = applicants == null ? LongValues.IDENTITY : applicants.getGlobalOrds(leaf.ord);
        }

        @Override
        public void collect(int doc) throws IOException {
            if (ownSubclasses.advanceExact(doc)) {
                for (int i = ownSubclasses.docValueCount(); i > 0; i--) {
                    bySubclass[(int) subclassOrdinals.get(ownSubclasses.nextOrd())]++;
                }
            }
            if (ownApplicants.advanceExact(doc)) {
                byApplicant[(int) applicantOrdinals.get(ownApplicants.ordValue())]++;
            }
            if (years.advanceExact(doc)) {
                byYear[(int) years.longValue()]++;
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        String told() throws IOException {
            return "year=" + most(byYear, String::valueOf)
                    + ";subclass=" + most(bySubclass, ordinal -> text(allSubclasses.lookupOrd(ordinal)))
                    + ";applicant=" + most(byApplicant, ordinal -> text(allApplicants.lookupOrd(ordinal)));
        }
    }

    private static String text(BytesRef value) {
        return value.utf8ToString();
    }

    /** Equal counts by ascending ordinal, which is the order of the values. */
    private static String most(int[] counts, Name name) throws IOException {
        PriorityQueue<Integer> best = new PriorityQueue<>(
                (a, b) -> counts[a] != counts[b] ? Integer.compare(counts[a], counts[b]) : Integer.compare(b, a));
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && (best.size() < SHOWN || counts[i] > counts[best.peek()])) {
                best.add(i);
                if (best.size() > SHOWN) {
                    best.poll();
                }
            }
        }
        StringBuilder told = new StringBuilder();
        while (!best.isEmpty()) {
            int one = best.poll();
            told.insert(0, (told.length() > 0 ? "," : "")).insert(0, name.of(one) + ":" + counts[one]);
        }
        return told.toString();
    }
}
