using CxrLab.Notebooks.Jupyter;

namespace CxrLab.Notebooks.Tests.Jupyter;

public sealed class TextPositionTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("🩻.Length", 1, 2)] // one character for Jupyter, two for .NET
    [InlineData("a🩻b", 3, 4)]
    [InlineData("", 0, 0)]
    public void Position_ThereAndBack_IsTheSame(string text, int jupyter, int dotnet)
    {
        Assert.Equal(dotnet, TextPosition.FromJupyter(text, jupyter));
        Assert.Equal(jupyter, TextPosition.ToJupyter(text, dotnet));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(99)]
    public void FromJupyter_BeyondTheText_IsItsEnd(int? position) => Assert.Equal(3, TextPosition.FromJupyter("a🩻", position));

    [Fact]
    public void FromJupyter_BeforeTheText_IsItsStart() => Assert.Equal(0, TextPosition.FromJupyter("abc", -5));
}
