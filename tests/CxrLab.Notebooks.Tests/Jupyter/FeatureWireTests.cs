using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Features;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>The list of features once more, over the wire: one kernel runs all of them, as one long notebook.</summary>
public sealed class FeatureWireTests(FeatureWireTests.Shared shared) : IClassFixture<FeatureWireTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        private readonly LiveKernel kernel = new();

        public Shared() => Client = kernel.Connect();

        internal KernelClient Client { get; }

        internal Support.TempFolder Folder => kernel.Folder;

        public void Dispose()
        {
            Client.Dispose();
            kernel.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(FeatureCell.FeatureNames), MemberType = typeof(FeatureCell))]
    public void Execute_Feature_ShowsWhatTheListSays(string feature)
    {
        FeatureCell item = FeatureCell.Named(feature);
        item.WriteFiles(shared.Folder);
        JsonArray outputs = [];
        int count = 0;
        foreach (string source in item.Sources)
        {
            Assert.Empty(outputs);
            KernelClient.Outcome outcome = shared.Client.Execute(source);
            outputs = Shown(outcome.Outputs);
            count = outcome.Reply.Content["execution_count"]!.GetValue<int>();
        }
        // In the list each feature's errors are of a notebook's first cell.
        (item with { Outputs = [.. item.Outputs.Select(output => output with { Text = output.Text?.Replace("Cell 1,", $"Cell {count},", StringComparison.Ordinal) })] })
            .AssertShown(outputs);
    }

    /// <summary>What a client has below the cell after these messages, as outputs of the notebook format.</summary>
    private static JsonArray Shown(IEnumerable<WireMessage> messages)
    {
        var shown = new JsonArray();
        bool clears = false;
        foreach (WireMessage message in messages)
        {
            JsonObject content = message.Content.DeepClone().AsObject();
            if (message.Type == "clear_output") clears = true; // waiting or not: the end is the same
            if (message.Type == "update_display_data")
                foreach (JsonNode? old in shown.Where(output => Display(output!) == Display(content))) old!["data"] = content["data"]!.DeepClone();
            if (message.Type is not ("stream" or "display_data" or "execute_result" or "error")) continue;
            if (clears) shown.Clear();
            clears = false;
            content["output_type"] = message.Type;
            if (message.Type == "stream" && shown.LastOrDefault() is JsonNode last && last["name"]?.GetValue<string>() == message.Text("name"))
                last["text"] = last["text"]!.GetValue<string>() + message.Text("text");
            else shown.Add(content);
        }
        return shown;
    }

    private static string? Display(JsonNode content) => content["transient"]?["display_id"]?.GetValue<string>();
}
