using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Running;

public sealed class BudgetTests
{
    [Fact]
    public void Of_NotebookWithMinutes_EndsAtThreeTimesThem()
    {
        Budget budget = Budget.Of(new Notebook("n.ipynb", Build.Notebook("1")), timeout: null);
        Assert.Equal(TimeSpan.FromMinutes(6), budget.Kill);
        Assert.Null(budget.Exceeded(TimeSpan.FromMinutes(1), 1_000_000));
        Assert.Contains("time budget: 150.0 s of 120 s", budget.Exceeded(TimeSpan.FromMinutes(2.5), 0), StringComparison.Ordinal);
        Assert.Contains("memory budget: 2500 MB of 2000 MB", budget.Exceeded(TimeSpan.Zero, 2_500_000_000), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Timeout_TakesThePlaceOfMinutes()
    {
        Budget budget = Budget.Of(new Notebook("n.ipynb", Build.Notebook("1")), TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), budget.Kill);
        Assert.Null(budget.Exceeded(TimeSpan.FromHours(1), 0));
    }

    [Fact]
    public void Of_BudgetIsNoNumber_SaysSo()
    {
        JsonObject json = Build.Notebook("1");
        json["metadata"]!["cxrlab"]!["minutes"] = "two";
        Assert.Throws<BadNotebookException>(() => Budget.Of(new Notebook("n.ipynb", json), timeout: null));
    }

    [Theory]
    [InlineData(true, null, null)]
    [InlineData(false, null, "SSE41")]
    [InlineData(false, "AVX2", "AVX2")]
    public void Set_Guard_OnlyWhereCachesAreHiddenAndTheUserChoseNothing(bool cachesVisible, string? before, string? after)
    {
        var environment = new Dictionary<string, string?>();
        if (before is not null) environment["ONEDNN_MAX_CPU_ISA"] = before;
        OneDnnGuard.Set(environment, cachesVisible);
        Assert.Equal(after, environment.GetValueOrDefault("ONEDNN_MAX_CPU_ISA"));
    }
}
