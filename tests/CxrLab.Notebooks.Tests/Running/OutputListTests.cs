using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Running;

namespace CxrLab.Notebooks.Tests.Running;

public sealed class OutputListTests
{
    [Fact]
    public void Add_EndlessText_IsCutAndSaysSo()
    {
        var outputs = new OutputList();
        for (int i = 0; i < 12; i++) outputs.Add(OutputJson.Stream("stdout", new string('x', 100_000)));
        JsonArray json = outputs.ToJson();
        Assert.Equal(OutputList.MostStreamCharacters, MultiLine.FromJson(json[0]!["text"]).Length);
        Assert.Contains("200000 more characters", MultiLine.FromJson(json[1]!["text"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_UpdateFromALaterCell_ChangesTheFirstCellsOutputAndLeavesNoMark()
    {
        var handles = new DisplayHandles();
        var first = new OutputList(handles);
        first.Add(Display("10 %", "bar"));
        first.Add(Display("else", null));
        JsonArray saved = first.ToJson();
        var second = new OutputList(handles);
        second.Add(Display("done", "bar", "update_display_data"));
        second.Add(Display("lost", "unknown", "update_display_data"));
        Assert.Empty(second.ToJson());
        Assert.Equal(["done", "else"], saved.Select(output => MultiLine.FromJson(output!["data"]!["text/plain"])));
        Assert.All(saved, output => Assert.Null(output!["transient"]));
    }

    [Theory]
    [InlineData(false, "b")]
    [InlineData(true, "b")]
    public void Add_ClearOutput_DropsWhatCameBefore(bool wait, string left)
    {
        var outputs = new OutputList();
        outputs.Add(OutputJson.Stream("stdout", "a"));
        outputs.Add(new JsonObject { ["output_type"] = "clear_output", ["wait"] = wait });
        outputs.Add(OutputJson.Stream("stdout", "b"));
        Assert.Equal(left, MultiLine.FromJson(Assert.Single(outputs.ToJson())!["text"]));
    }

    [Fact]
    public void Add_ClearOutputThatWaitsInVain_KeepsWhatCameBefore()
    {
        var outputs = new OutputList();
        outputs.Add(OutputJson.Stream("stdout", "a"));
        outputs.Add(new JsonObject { ["output_type"] = "clear_output", ["wait"] = true });
        Assert.Single(outputs.ToJson());
    }

    private static JsonObject Display(string text, string? id, string type = "display_data")
    {
        JsonObject output = OutputJson.Display(new Dictionary<string, string> { ["text/plain"] = text });
        output["output_type"] = type;
        if (id is not null) output["transient"] = new JsonObject { ["display_id"] = id };
        return output;
    }
}
