using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Features;

/// <summary>The list of features as <c>cxrnb run</c> runs them: in a session, outputs gathered as a notebook stores them.</summary>
public sealed class FeatureTests
{
    [Theory]
    [MemberData(nameof(FeatureCell.FeatureNames), MemberType = typeof(FeatureCell))]
    public void Run_Feature_ShowsWhatTheListSays(string feature)
    {
        FeatureCell item = FeatureCell.Named(feature);
        using var folder = new TempFolder();
        item.WriteFiles(folder);
        using var session = new LiveSession(folder.Path);
        JsonArray outputs = [];
        foreach (string source in item.Sources)
        {
            Assert.Empty(outputs);
            outputs = session.Run(source);
        }
        item.AssertShown(outputs);
    }

    [Fact]
    public void All_Features_AreAtLeastTwentyFiveWithDifferentNames()
    {
        Assert.True(FeatureCell.All.Count >= 25);
        Assert.Distinct(FeatureCell.All.Select(item => item.Feature));
    }
}
