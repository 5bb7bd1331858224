using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using CodeDocument = Microsoft.CodeAnalysis.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Answers <c>complete_request</c> with what the compiler's completion offers at the cursor.</summary>
internal sealed class Completions(ScriptWorkspace workspace)
{
    private const int MostShown = 1000;

    private int prepared;

    /// <param name="Start">Where the replaced text begins, in UTF-16.</param>
    /// <param name="Items">What may stand there.</param>
    internal sealed record Found(int Start, IReadOnlyList<CompletionItem> Items);

    public JsonObject Reply(JupyterMessage request)
    {
        string code = request.Text("code") ?? "";
        int position = TextPosition.FromJupyter(code, request.Number("cursor_pos"));
        Found found = At(code, position);
        int start = TextPosition.ToJupyter(code, found.Start);
        int end = TextPosition.ToJupyter(code, position);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)Text(item))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            // Editors show an icon for each kind where they find this.
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => Kind(item, start, end))]) },
        };
    }

    /// <summary>Starts the compiler's services in the background, so that the first Tab doesn't wait for them.</summary>
    public void Prepare()
    {
        if (Interlocked.Exchange(ref prepared, 1) == 1) return;
        new Thread(() => At("Console.Wri", 11)) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "completion" }.Start();
    }

    /// <summary>What begins with the word before the cursor; where nothing does, what contains its parts (<c>WL</c>: WriteLine).</summary>
    internal Found At(string code, int position) =>
        workspace.Ask(code, document => At(document, code, position)) ?? new Found(position, []);

    private static async Task<Found?> At(CodeDocument document, string code, int position)
    {
        var service = CompletionService.GetService(document)!;
        CompletionList list = await service.GetCompletionsAsync(document, position).ConfigureAwait(false);
        if (list.ItemsList.Count == 0) return new Found(position, []);
        int start = Math.Min(list.Span.Start, position);
        string typed = code[start..position];
        // Types of namespaces without a using, and snippets, would need more than their own text; a client inserts nothing else.
        CompletionItem[] plain = [.. list.ItemsList.Where(item => !item.IsComplexTextEdit)];
        CompletionItem[] items = [.. plain.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
        if (items.Length == 0) items = [.. service.FilterItems(document, [.. plain], typed)];
        return new Found(start, [.. items
            .OrderByDescending(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(Text)
            .Take(MostShown)]);
    }

    private static string Text(CompletionItem item) => item.Properties.TryGetValue("InsertionText", out string? text) ? text : item.DisplayText;

    private static JsonObject Kind(CompletionItem item, int start, int end) => new()
    {
        ["text"] = Text(item),
        ["type"] = item.Tags.FirstOrDefault()?.ToLowerInvariant() ?? "",
        ["start"] = start,
        ["end"] = end,
    };
}
