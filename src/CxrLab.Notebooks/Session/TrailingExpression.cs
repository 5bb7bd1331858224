using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Whether a cell ends in an expression without a semicolon whose value is to be shown. The script's return value alone can't tell:
/// it is null after a statement, after a call that returns nothing, and when the value shown is null.
/// </summary>
internal static class TrailingExpression
{
    public static bool Exists(Compilation compilation, string path)
    {
        SyntaxTree tree = compilation.SyntaxTrees.First(candidate => candidate.FilePath == path);
        if (tree.GetCompilationUnitRoot().Members.LastOrDefault() is not GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }) return false;
        if (!last.SemicolonToken.IsMissing) return false;
        return compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType != SpecialType.System_Void;
    }
}
