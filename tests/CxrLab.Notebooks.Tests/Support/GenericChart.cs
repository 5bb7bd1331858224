namespace Plotly.NET;

/// <summary>A stand-in with the members that the host looks at; the host knows the real type by its name only.</summary>
public abstract class GenericChart
{
    public static string toFigureJson(GenericChart chart) => chart.ToString()!;

    public sealed class Chart : GenericChart
    {
        public override string ToString() => """{"data":[{"y":[1,2],"name":"</script>"}],"layout":{}}""";
    }
}
