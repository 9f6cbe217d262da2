import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.queries.spans.SpanNearQuery;
import org.apache.lucene.queries.spans.SpanQuery;
import org.apache.lucene.queries.spans.SpanTermQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/**
 * How each kind of question is put to Lucene. An answer is the exact total and the ids and cards of ten hits.
 *
 * <p>Two ways lead to it: one pass over all hits that scores and counts them, or the ten best by the quickest way and a
 * count beside it. Nearness can be said by intervals, by spans and by phrases. Filters do not score, as with ours.
 */
final class Questions {
    private static final int HITS = 10;
    private static final int DEEP = 10_000;
    private static final int NEAR = 5;

    /** What was found; {@code facets} is empty where none were asked for. */
    record Found(long total, String facets) {}

    interface Way {
        Found ask(String[] parts) throws IOException;
    }

    private interface Said {
        Query query(String[] parts);
    }

    private final IndexSearcher searcher;
    private final Facets facets;
    private final MoreLikeThis like;

    Questions(IndexReader reader) throws IOException {
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        facets = new Facets(reader);
        like = new MoreLikeThis(reader);
        like.setAnalyzer(new WhitespaceAnalyzer());
        like.setMinTermFreq(1);
        like.setMinDocFreq(5);
        like.setMaxQueryTerms(25);
        like.setFieldNames(new String[] {"abstract", "title"});
    }

    Map<String, Way> ways(String kind) {
        return switch (kind) {
            case "rare term", "common term", "zh 2 characters" -> pages(0, parts -> said(parts[0]));
            case "AND of 3" -> pages(0, parts -> all(Occur.MUST, parts));
            case "OR of 3" -> pages(0, parts -> all(Occur.SHOULD, parts));
            case "phrase", "zh 4+ characters" -> pages(0, parts -> new PhraseQuery("abstract", parts));
            case "proximity" -> near();
            case "boolean + IPC + date" -> pages(0, Questions::combined);
            case "prefix" -> pages(0, parts -> new PrefixQuery(new Term("abstract", parts[0])));
            case "IPC + date" -> pages(0, Questions::symbolAndDays);
            case "facets" -> Map.of("one pass", this::countedTogether, "two passes", this::countedApart);
            case "sort by date" -> Map.of("one pass", this::sortedTogether, "two passes", this::sortedApart);
            case "deep page" -> pages(DEEP, parts -> said(parts[0]));
            case "more like this" -> Map.of("its own", this::similar);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    // --- queries ---

    private static Query said(String word) {
        return new TermQuery(new Term("abstract", word));
    }

    private static Query all(Occur how, String[] words) {
        BooleanQuery.Builder made = new BooleanQuery.Builder();
        for (String one : words) {
            made.add(said(one), how);
        }
        return made.build();
    }

    private static Query combined(String[] parts) {
        Query words = new BooleanQuery.Builder()
                .add(new TermQuery(new Term("title", parts[0])), Occur.SHOULD)
                .add(said(parts[1]), Occur.SHOULD)
                .add(said(parts[2]), Occur.SHOULD)
                .build();
        return new BooleanQuery.Builder()
                .add(words, Occur.MUST)
                .add(said(parts[3]), Occur.MUST_NOT)
                .add(new TermQuery(new Term("ipc", parts[4])), Occur.FILTER)
                .add(days(parts[5], parts[6]), Occur.FILTER)
                .build();
    }

    private static Query symbolAndDays(String[] parts) {
        return new ConstantScoreQuery(new BooleanQuery.Builder()
                .add(new PrefixQuery(new Term("ipc", parts[0])), Occur.FILTER)
                .add(days(parts[1], parts[2]), Occur.FILTER)
                .build());
    }

    private static Query days(String first, String last) {
        return IntField.newRangeQuery("day", Integer.parseInt(first), Integer.parseInt(last));
    }

    private Map<String, Way> near() {
        Map<String, Way> made = new LinkedHashMap<>();
        add(made, "intervals", parts -> new IntervalQuery("abstract", Intervals.maxgaps(
                NEAR - 1, Intervals.unordered(Intervals.term(parts[0]), Intervals.term(parts[1])))));
        add(made, "spans", parts -> new SpanNearQuery(
                new SpanQuery[] {span(parts[0]), span(parts[1])}, NEAR - 1, false));
        add(made, "phrases", Questions::phrases);
        return made;
    }

    private static SpanQuery span(String word) {
        return new SpanTermQuery(new Term("abstract", word));
    }

    private static Query phrases(String[] parts) {
        BooleanQuery.Builder made = new BooleanQuery.Builder();
        for (int turn = 0; turn < 2; turn++) {
            for (int distance = 1; distance <= NEAR; distance++) {
                made.add(new PhraseQuery.Builder()
                        .add(new Term("abstract", parts[turn]), 0)
                        .add(new Term("abstract", parts[1 - turn]), distance)
                        .build(), Occur.SHOULD);
            }
        }
        return made.build();
    }

    // --- pages ---

    private Map<String, Way> pages(int offset, Said said) {
        Map<String, Way> made = new LinkedHashMap<>();
        made.put("one pass", parts -> together(said.query(parts), offset));
        made.put("two passes", parts -> apart(said.query(parts), offset));
        return made;
    }

    private void add(Map<String, Way> made, String name, Said said) {
        pages(0, said).forEach((passes, way) -> made.put(name + ", " + passes, way));
    }

    private Found together(Query query, int offset) throws IOException {
        TopDocs found = searcher.search(query, new TopScoreDocCollectorManager(offset + HITS, Integer.MAX_VALUE));
        return read(found, offset, found.totalHits.value, "");
    }

    private Found apart(Query query, int offset) throws IOException {
        int total = searcher.count(query);
        TopDocs found = searcher.search(query, new TopScoreDocCollectorManager(offset + HITS, offset + HITS));
        return read(found, offset, total, "");
    }

    private static Sort byDay() {
        return new Sort(IntField.newSortField("day", true, SortedNumericSelector.Type.MAX));
    }

    private Found sortedTogether(String[] parts) throws IOException {
        TopDocs found = searcher.search(
                said(parts[0]), new TopFieldCollectorManager(byDay(), HITS, null, Integer.MAX_VALUE));
        return read(found, 0, found.totalHits.value, "");
    }

    private Found sortedApart(String[] parts) throws IOException {
        int total = searcher.count(said(parts[0]));
        TopDocs found = searcher.search(said(parts[0]), new TopFieldCollectorManager(byDay(), HITS, null, HITS));
        return read(found, 0, total, "");
    }

    private Found countedTogether(String[] parts) throws IOException {
        Facets.Counting counting = facets.counting();
        TopScoreDocCollector best = new TopScoreDocCollectorManager(HITS, Integer.MAX_VALUE).newCollector();
        searcher.search(said(parts[0]), MultiCollector.wrap(best, counting));
        TopDocs found = best.topDocs();
        return read(found, 0, found.totalHits.value, counting.told());
    }

    private Found countedApart(String[] parts) throws IOException {
        Facets.Counting counting = facets.counting();
        searcher.search(said(parts[0]), counting);
        Found found = apart(said(parts[0]), 0);
        return new Found(found.total(), counting.told());
    }

    /** The ten most similar; how many are similar at all has no meaning and is not counted. */
    private Found similar(String[] parts) throws IOException {
        Map<String, Collection<Object>> texts = Map.of("title", List.of(parts[0]), "abstract", List.of(parts[1]));
        TopDocs found = searcher.search(like.like(texts), HITS);
        return read(found, 0, found.scoreDocs.length, "");
    }

    private Found read(TopDocs found, int offset, long total, String counted) throws IOException {
        StoredFields stored = searcher.storedFields();
        List<String> cards = new ArrayList<>(HITS);
        for (int i = offset; i < found.scoreDocs.length; i++) {
            ScoreDoc one = found.scoreDocs[i];
            var document = stored.document(one.doc);
            cards.add(document.get("id") + document.get("card"));
        }
        return new Found(total, counted);
    }
}
